"""Whether a whole case is sound: file, chain of changes, tables against journal, evidence files."""

import shutil

from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.backup import needed_blobs
from xuncha_desktop.store.copying import CopyUnsound, copy_database
from xuncha_desktop.store.opening import BACKUPS, OpenCase
from xuncha_desktop.store.rebuild import broken_chain, differences
from xuncha_desktop.store.store import DATABASE, Store


def verify(case: OpenCase, progress: Progress) -> list[str]:
    """Check everything of an open case (a job); the findings, none for a sound one.

    The checks read a copy made for them: on the file itself each would hold saves back for seconds.
    """
    folder, keys = case.store.folder / BACKUPS / "verify.part", case.store.keys
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        copy_database(case.store.folder / DATABASE, folder / DATABASE, keys, {}, progress)
        copy = Store(folder, keys, replica=case.store.replica)
        try:
            progress.step(96, 100, "正在核对修改记录")
            # Tables can be compared with the journal only once the journal itself is known to be whole.
            findings = broken_chain(copy) or differences(copy)
        finally:
            copy.close()
        return findings + _broken_blobs(case, needed_blobs(folder, keys), progress)
    except CopyUnsound as error:
        return [f"{error.finding}；请从最近的完好备份恢复，原文件请保留。"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
