"""The recovery key: what a tired person types from paper is read, or the wrong group is named."""

import secrets

import pytest

from xuncha_desktop.errors import UserError
from xuncha_desktop.store.recovery_key import GROUPS, SECRET_LENGTH, RecoveryKeyMistyped, parse, show

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = bytes(range(7, 7 + SECRET_LENGTH))


def test_it_is_eight_groups_of_five_characters_without_look_alikes() -> None:
    text = show(SECRET)
    assert [len(group) for group in text.split("-")] == [5] * GROUPS
    assert set(text) <= set(DIGITS + "-")


def test_every_key_reads_back() -> None:
    for secret in [bytes(SECRET_LENGTH), b"\xff" * SECRET_LENGTH, *(secrets.token_bytes(20) for _ in range(200))]:
        assert parse(show(secret)) == secret


@pytest.mark.parametrize(
    "typed",
    [
        show(SECRET).lower(),
        show(SECRET).replace("-", ""),
        show(SECRET).replace("-", " "),
        show(SECRET).replace("-", "－"),
        show(SECRET).replace("-", "\n"),
        show(SECRET).replace("0", "O").replace("1", "l"),
        "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in show(SECRET)),
        f"  {show(SECRET)} ",
    ],
)
def test_case_width_separators_and_look_alikes_do_not_matter(typed: str) -> None:
    assert parse(typed) == SECRET


def test_one_wrong_character_anywhere_names_its_group() -> None:
    text = show(SECRET)
    tried = 0
    for place, right in enumerate(text):
        for wrong in DIGITS + "U":
            if right in ("-", wrong):
                continue
            with pytest.raises(RecoveryKeyMistyped, match=f"第{place // 6 + 1}组") as caught:
                parse(text[:place] + wrong + text[place + 1 :])
            assert caught.value.groups == (place // 6 + 1,)
            tried += 1
    assert tried == 40 * 32


def test_two_swapped_neighbours_are_found() -> None:
    for _ in range(50):
        text = show(secrets.token_bytes(SECRET_LENGTH))
        for place in range(len(text) - 1):
            left, right = text[place], text[place + 1]
            if "-" in (left, right) or left == right:
                continue
            with pytest.raises(RecoveryKeyMistyped) as caught:
                parse(text[:place] + right + left + text[place + 2 :])
            assert caught.value.groups == (place // 6 + 1,)


def test_two_swapped_groups_are_both_named() -> None:
    groups = show(SECRET).split("-")
    groups[2], groups[5] = groups[5], groups[2]
    with pytest.raises(RecoveryKeyMistyped, match="第3组、第6组"):
        parse("-".join(groups))


def test_a_missing_character_names_its_group() -> None:
    groups = show(SECRET).split("-")
    groups[3] = groups[3][:4]
    with pytest.raises(RecoveryKeyMistyped, match="第4组"):
        parse("-".join(groups))


@pytest.mark.parametrize("typed", ["", "恢复密钥", "ABCDE", show(SECRET)[:-6], show(SECRET) + "-ABCDE"])
def test_a_wrong_number_of_groups_is_said(typed: str) -> None:
    with pytest.raises(UserError, match="应有8组"):
        parse(typed)
