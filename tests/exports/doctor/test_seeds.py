"""Every planted fault is found, at its place, with the right words, all of a template in one pass."""

from pathlib import Path

import pytest

from tests.exports.doctor.seeds import SICK, Seed, Sick
from xuncha_desktop.exports.catalog import BY_KIND, DOCUMENTS, Document
from xuncha_desktop.exports.doctor.doctor import examine
from xuncha_desktop.exports.doctor.findings import KINDS, Fault

LOCATED = 0.95


def made(sick: Sick, folder: Path) -> Path:
    return sick.make(folder / f"{sick.name}{sick.suffix}")


def found(seed: Seed, faults: tuple[Fault, ...]) -> Fault | None:
    """The fault of the right kind that says what it must, at the place."""
    return next(
        (
            fault
            for fault in faults
            if fault.kind == seed.kind
            and seed.says in f"{fault.cause}{fault.advice}"
            and fault.mends == seed.mends
            and is_there(seed, fault)
        ),
        None,
    )


def is_there(seed: Seed, fault: Fault) -> bool:
    place = fault.place
    return (
        place.part == seed.part
        and seed.text in place.text
        and (not seed.row or (place.row, place.column) == (seed.row, seed.column))
        and place.cell == seed.cell
    )


def test_there_are_forty_faults_in_twelve_templates() -> None:
    assert len(SICK) >= 12
    assert sum(len(sick.seeds) for sick in SICK) >= 40


@pytest.mark.parametrize("sick", SICK, ids=lambda sick: sick.name)
def test_every_fault_is_found_at_its_place_in_one_pass(tmp_path: Path, sick: Sick) -> None:
    faults = examine(made(sick, tmp_path), BY_KIND[sick.kind]).faults
    missed = [seed for seed in sick.seeds if found(seed, faults) is None]
    assert missed == [], "\n".join(f"{fault.kind} {fault.words()}" for fault in faults)


@pytest.mark.parametrize("sick", SICK, ids=lambda sick: sick.name)
def test_nothing_is_said_that_was_not_planted(tmp_path: Path, sick: Sick) -> None:
    faults = examine(made(sick, tmp_path), BY_KIND[sick.kind]).faults
    planted = {seed.kind for seed in sick.seeds}
    # Small templates print next to nothing; that is what is wrong with them only where it was planted.
    serious = [fault for fault in faults if not fault.slight and (fault.kind != "unprinted" or fault.kind in planted)]
    known = [fault for seed in sick.seeds if (fault := found(seed, faults))]
    assert [fault.words() for fault in serious if fault not in known] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.kind)
def test_our_own_templates_have_no_fault(document: Document) -> None:
    assert document.template is not None
    assert [fault.words() for fault in examine(document.template.shipped(), document).faults] == []


def test_every_kind_of_fault_has_a_name() -> None:
    assert {seed.kind for sick in SICK for seed in sick.seeds} <= set(KINDS)
