"""A cancel at any moment of any export leaves no file behind, and an old one as it was."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.support.desk import Desk
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.sample_pictures import photo
from xuncha_desktop.services import dump, evidence
from xuncha_desktop.services.evidence import Incoming

MOST_STEPS = 200


def add_papers(desk: Desk, count: int) -> Desk:
    """Papers with a picture of its own each."""
    for number in range(count):
        file = desk.folder / f"{number}.jpg"
        photo((str(number), "虚构"), Random(number)).resize((200, 150)).save(file)
        stored = evidence.store_files(desk.store, [Incoming(file.name, file)], Progress())
        picture = evidence.register(desk.store, stored, desk.inspection)[0]
        desk.add_paper(citations=[{"evidence": picture, "pages": "1"}])
    return desk


@pytest.fixture
def full(desk: Desk) -> Desk:
    return add_papers(desk, 3)


def at_every_step(work: Callable[[Progress], object], folder: Path) -> int:
    """Cancel at the first step, at the second and so on, until the work ends before; how many there were."""
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    for step in range(1, MOST_STEPS):
        progress = _cancelling_at(step)
        try:
            work(progress)
        except Cancelled:
            assert {file.name: file.read_bytes() for file in folder.iterdir()} == before, f"step {step}"
        else:
            return step
    raise AssertionError("the work has no end")


def _cancelling_at(step: int) -> Progress:
    seen: list[object] = []

    def report(*news: object) -> None:
        seen.append(news)
        if len(seen) == step:
            progress.cancel()

    progress = Progress(report)
    return progress


@pytest.mark.parametrize("kind", [one.kind for one in catalog.DOCUMENTS if one.subject == "inspection"])
def test_a_cancel_at_any_step_leaves_the_folder_as_it_was(full: Desk, kind: str) -> None:
    document = catalog.BY_KIND[kind]
    prepared = catalog.prepare(full.store, document, full.inspection, draft=True)
    folder = full.folder / "导出"
    folder.mkdir()
    target = folder / f"甲{document.suffix}"
    target.write_text("旧文件", "utf-8")
    steps = at_every_step(lambda progress: prepared.write(target, progress), folder)
    assert steps >= 3
    assert [file.name for file in folder.iterdir()] == [target.name]
    assert target.stat().st_size > 1000


def test_a_cancel_at_any_step_of_a_batch_leaves_none_of_its_files(desk: Desk) -> None:
    full = add_papers(desk, 2)  # the time grows with the square
    folder = full.folder / "逐份"
    folder.mkdir()
    (folder / "别的.txt").write_text("旧文件", "utf-8")
    paper = catalog.BY_KIND["paper"]

    def export(progress: Progress) -> None:
        catalog.write_all(full.store, paper, full.inspection, folder, draft=False, progress=progress)

    assert at_every_step(export, folder) > 20
    assert len(list(folder.iterdir())) == 3
    assert dump.everything(full.store)["export_record"] == []


def test_records_called_alike_get_a_file_each(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = full.folder / "逐份"
    folder.mkdir()
    monkeypatch.setattr(catalog, "file_name", lambda *_, **__: "同名.docx")
    paper = catalog.BY_KIND["paper"]
    written, _ = catalog.write_all(full.store, paper, full.inspection, folder, draft=False, progress=Progress())
    assert sorted(file.name for file in folder.iterdir()) == ["同名.docx", "同名（2）.docx", "同名（3）.docx"]
    assert sorted(each.file.name for each in written) == sorted(file.name for file in folder.iterdir())


def test_a_folder_that_is_gone_is_told(full: Desk) -> None:
    paper, gone = catalog.BY_KIND["paper"], full.folder / "没有"
    with pytest.raises(UserError, match=r"不能在文件夹“.*没有”中写入"):
        catalog.write_all(full.store, paper, full.inspection, gone, draft=False, progress=Progress())
