"""Differences of texts: nothing is lost of either, and what is marked is what a reader would mark."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.nasty_text import LONG, NASTY
from xuncha_desktop.differences import pieces

_SIGNS = {"same": "", "taken": "-", "added": "+"}


def told(old: str, new: str) -> str:
    """The pieces in a line: [-taken] and [+added]."""
    return "".join(
        piece.text if piece.kind == "same" else f"[{_SIGNS[piece.kind]}{piece.text}]" for piece in pieces(old, new)
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("一样。", "一样。", "一样。"),
        ("", "新写的。", "[+新写的。]"),
        ("不要了。", "", "[-不要了。]"),
        ("市委巡视组发现问题。", "市委巡察组发现问题。", "市委巡[-视][+察]组发现问题。"),
        ("共有问题12个。", "共有问题14个。", "共有问题[-12][+14]个。"),
        ("涉及1,286.40万元。", "涉及1,296.40万元。", "涉及[-1,286.40][+1,296.40]万元。"),
        ("甲。乙。丙。", "甲。丙。", "甲。[-乙。]丙。"),
        ("甲。丙。", "甲。全新的一句话。丙。", "甲。[+全新的一句话。]丙。"),
        ("接待费无公函。", "工程未招标投标。", "[-接待费无公函。][+工程未招标投标。]"),
        ("第一段。\n第二段。", "第一段。\n第三段。", "第一段。\n第[-二][+三]段。"),
    ],
)
def test_the_words_that_changed_are_marked_and_no_others(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


@given(st.text("甲乙丙。；\n12a, ", max_size=60), st.text("甲乙丙。；\n12a, ", max_size=60))
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "added") == old
    assert "".join(piece.text for piece in found if piece.kind != "taken") == new
    assert all(piece.text for piece in found)
    kinds = [piece.kind for piece in found]
    assert all(one != other for one, other in pairwise(kinds))


def test_nasty_texts_come_through_whole() -> None:
    assert told(NASTY, NASTY) == NASTY
    assert "".join(piece.text for piece in pieces(NASTY, NASTY[::-1]) if piece.kind != "taken") == NASTY[::-1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG, LONG + "尾"),
        ("\n" * 20_000, "。\n" * 20_000),
        ("".join(f"第{n}句巡视组发现。" for n in range(5_000)), "".join(f"第{n}句巡察组发现。" for n in range(5_000))),
    ],
    ids=["one sentence", "empty lines", "every sentence"],
)
def test_long_texts_are_compared_in_seconds(old: str, new: str) -> None:
    begun = time.perf_counter()
    found = pieces(old, new)
    assert time.perf_counter() - begun < 5
    assert "".join(piece.text for piece in found if piece.kind != "taken") == new
