"""Whether a whole case is sound: file, chain of changes, tables against journal, evidence files."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.backup import needed_blobs
from xuncha_desktop.store.copying import CopyUnsound, copy_database
from xuncha_desktop.store.opening import BACKUPS, OpenCase
from xuncha_desktop.store.rebuild import broken_chain, differences
from xuncha_desktop.store.store import DATABASE, Store


def verify(case: OpenCase, progress: Progress) -> list[str]:
    """Check everything of an open case (a job); the findings, none for a sound one."""
    try:
        with _copied(case, progress) as folder:
            needed = needed_blobs(folder, case.store.keys)
            return _journal(case, folder, progress) + _broken_blobs(case, needed, progress)
    except CopyUnsound as error:
        return [f"{error.finding}；请从最近的完好备份恢复，原文件请保留。"]


def against_journal(case: OpenCase, progress: Progress) -> list[str]:
    """The same without the evidence files, after a session that did not end properly (a job).

    Raises CopyUnsound where not even the file is whole.
    """
    with _copied(case, progress) as folder:
        return _journal(case, folder, progress)


@contextmanager
def _copied(case: OpenCase, progress: Progress) -> Iterator[Path]:
    """A copy for the checks to read: on the file itself each would hold saves back for seconds."""
    folder = case.store.folder / BACKUPS / "verify.part"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        copy_database(case.store.folder / DATABASE, folder / DATABASE, case.store.keys, {}, progress)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _journal(case: OpenCase, folder: Path, progress: Progress) -> list[str]:
    """Whether the chain of changes is whole; only then can the tables be compared with it."""
    progress.step(96, 100, "正在核对修改记录")
    copy = Store(folder, case.store.keys, replica=case.store.replica)
    try:
        return broken_chain(copy) or differences(copy)
    finally:
        copy.close()


def _broken_blobs(case: OpenCase, needed: list[str], progress: Progress) -> list[str]:
    found: list[str] = []
    for done, sha256 in enumerate(needed):
        progress.step(done, len(needed), "正在核对证据文件")
        try:
            case.store.blobs.verify(sha256)
        except UserError as error:
            found.append(str(error))
    progress.step(1, 1, "检查已完成")
    return found
