"""A dialog begins where the last file of the same purpose was, else where such files usually lie."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from tests.support.answering import answering
from ui import folders
from ui.context import Context
from ui.evidence.choosing import choose_evidence
from xuncha_desktop.settings import Settings

PLACES = {
    "evidence_folder": folders.for_evidence,
    "import_folder": folders.for_lists,
    "export_folder": folders.for_exports,
}


@pytest.mark.parametrize(("name", "folder_of"), PLACES.items())
def test_the_folder_last_used_is_proposed_while_it_is_there(
    tmp_path: Path, name: str, folder_of: Callable[[Settings], Path]
) -> None:
    there = tmp_path / "材料"
    settings = Settings(**{name: str(there)})  # type: ignore[arg-type]  -- three texts
    assert folder_of(settings) != there
    there.mkdir()
    assert folder_of(settings) == there


def test_pictures_come_first_for_evidence_and_the_desktop_for_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = QStandardPaths.StandardLocation
    places = {kinds.PicturesLocation: tmp_path / "图片", kinds.DesktopLocation: tmp_path / "桌面"}
    for place in places.values():
        place.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda kind: str(places.get(kind, tmp_path / "没有")))
    assert folders.for_evidence(Settings()) == places[kinds.PicturesLocation]
    assert folders.for_exports(Settings()) == places[kinds.DesktopLocation]
    places[kinds.PicturesLocation].rmdir()
    assert folders.for_evidence(Settings()) == places[kinds.DesktopLocation]
    places[kinds.DesktopLocation].rmdir()
    assert folders.for_exports(Settings()) == Path.home()


def test_where_evidence_was_taken_from_is_remembered_unless_nothing_was_chosen(
    context: Context, tmp_path: Path
) -> None:
    with answering(chosen=[]):
        assert choose_evidence(None, context) == []  # type: ignore[arg-type]  -- no window
    assert context.settings.evidence_folder == ""
    with answering(chosen=[tmp_path / "甲.png"]):
        assert [file.name for file in choose_evidence(None, context)] == ["甲.png"]  # type: ignore[arg-type]
    assert context.settings.evidence_folder == str(tmp_path)
