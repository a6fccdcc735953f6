"""The ways into a case as jobs: plain functions for the worker thread, the store imported only inside them."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ui.start import sample_note
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress

if TYPE_CHECKING:
    from ui.start.new_case import NewCase
    from xuncha_desktop.store.opening import OpenCase
    from xuncha_desktop.store.slots import ArgonCost


class Opened(NamedTuple):
    """An open case and who might be working in it."""

    case: "OpenCase"
    members: tuple[tuple[str, str, str], ...] = ()  # id, name, role; empty once it is known who works here
    recovery: str = ""  # of a case just made: the key to be printed


class Doors:
    """Opens and makes cases; `argon` weakens the passwords of new ones, for tests alone."""

    def __init__(self, argon: "ArgonCost | None" = None) -> None:
        self.argon = argon

    def open(self, folder: Path, password: str, take_over: bool) -> Opened:
        """Open with the password."""
        return _with_members(open_quickly(folder, password, take_over=take_over))

    def open_with_recovery(self, folder: Path, recovery: str, password: str, take_over: bool) -> Opened:
        """Open with the recovery key and set a new password."""
        from xuncha_desktop.store import opening

        case = opening.open_with(folder, lambda vault: vault.unlock_with_recovery(recovery), take_over=take_over)
        try:
            case.vault.reset_password(case.store.keys, password, argon=self.argon)
        except BaseException:
            case.close()
            raise
        return _with_members(case)

    def create(self, new: "NewCase", password: str) -> Opened:
        """Make a case and fill it; if that fails, nothing of it remains."""
        from xuncha_desktop.services import cases
        from xuncha_desktop.store import opening

        made_here = not new.folder.exists()
        case, recovery = opening.create(new.folder, password, argon=self.argon)
        try:
            cases.begin(case.store, new.plan())
            own = cases.members(case.store)[0][0].id
            cases.remember_member(case.store, own)
        except BaseException:
            case.close()
            if made_here:
                import shutil

                shutil.rmtree(new.folder, ignore_errors=True)
            raise
        return Opened(case, recovery=recovery)

    def open_sample(self, folder: Path, progress: Progress) -> Opened:
        """Open the sample case, made on the first occasion."""
        from xuncha_desktop.services import sample

        if not (folder / "vault.json").exists():
            sample.build(folder, progress, argon=self.argon)
        note = sample_note.read(folder)
        if note is None:
            raise UserError(
                f"“{folder}”不是示例案卷（没有写着口令的 {sample_note.FILE_NAME}）；请用“打开已有案卷”打开它。"
            )
        return self.open(folder, note.password, take_over=False)


def open_quickly(folder: Path, password: str, *, take_over: bool) -> "OpenCase":
    """Like `opening.open_case`, with the password tried first: that needs no database, so it runs while the
    other thread still imports one (half a second each, on two processors at once)."""
    from xuncha_desktop.store.vault import Vault

    keys = Vault.read(folder).unlock(password)
    from xuncha_desktop.store import opening

    return opening.open_with(folder, lambda vault: keys, take_over=take_over)


def _with_members(case: "OpenCase") -> Opened:
    from xuncha_desktop.model.choices import ROLES, in_words
    from xuncha_desktop.services import cases

    try:
        everyone = cases.members(case.store)
        remembered = case.store.meta("own_member")
        if len(everyone) > 1 and remembered not in [member.id for member, _ in everyone]:
            named = ((member.id, name or "（未填姓名）", in_words(ROLES, member.role)) for member, name in everyone)
            return Opened(case, tuple(named))
        cases.choose_member(case.store)
    except BaseException:
        with suppress(Exception):
            case.close()
        raise
    return Opened(case)
