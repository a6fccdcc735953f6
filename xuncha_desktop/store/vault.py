"""The ways into a case: its password and its recovery key, kept in `vault.json` and its mirror `.bak`.

Light to import. Every method that asks for a password takes 0.2 to 0.4 s and belongs into a job.
"""

import hmac
import logging
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from xuncha_desktop.errors import UserError
from xuncha_desktop.store import recovery_key
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.slots import ArgonCost, Kind, Slot, encode
from xuncha_desktop.store.vault_file import (
    BACKUP_NAME,
    FILE_NAME,
    Header,
    NewerVault,
    VaultDamaged,
    parse,
    tried,
    write,
)

_NAMES = (FILE_NAME, BACKUP_NAME)
_log = logging.getLogger(__name__)


class WrongPassword(UserError):
    """The password opens no slot of an undamaged key file."""


class WrongRecoveryKey(UserError):
    """A recovery key without typing mistakes that belongs to another case, or has been renewed since."""


class Vault:
    """The ways into one case; made by `create` or `read`."""

    def __init__(self, folder: Path, header: Header) -> None:
        self._folder = folder
        self._header = header

    @classmethod
    def create(
        cls, folder: Path, password: str, *, case_id: str, argon: ArgonCost | None = None
    ) -> tuple[Self, Keys, str]:
        """Make the keys of a new case in `folder`; gives the recovery key as text, to be printed."""
        if (folder / FILE_NAME).exists() or (folder / BACKUP_NAME).exists():
            raise UserError(f"文件夹“{folder}”里已有案卷；请换一个空文件夹。")
        _demand(password)
        keys = Keys.mint()
        case = (case_id, 1)
        recovery = secrets.token_bytes(recovery_key.SECRET_LENGTH)
        slots = (
            Slot.for_password(case, keys, password, argon or ArgonCost()),
            Slot.for_recovery(case, keys, recovery),
        )
        vault = cls(folder, Header(*case, slots))
        vault._save(keys, slots)
        return vault, keys, recovery_key.show(recovery)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the key file, or its mirror if the file is damaged; needs no password."""
        found = [tried(folder / name) for name in _NAMES]
        if isinstance(found[0], NewerVault):
            raise found[0]
        headers = [header for header in found if isinstance(header, Header)]
        if headers:
            header = min(headers, key=lambda header: not header.intact)
            if header is not found[0] or not header.intact:
                _log.warning("key file unusable (%s), using what is left", type(found[0]).__name__)
            return cls(folder, header)
        errors = [error for error in found if isinstance(error, UserError)]
        raise next((error for error in errors if isinstance(error, VaultDamaged)), errors[0])

    @property
    def case_id(self) -> str:
        """The case these keys belong to; not proven before unlocking."""
        return self._header.case_id

    @property
    def key_epoch(self) -> int:
        """Counts up when the case gets new keys."""
        return self._header.key_epoch

    def unlock(self, password: str) -> Keys:
        """The case's keys for its password."""
        return self._enter("password", encode(password))[1]

    def unlock_with_recovery(self, text: str) -> Keys:
        """The case's keys for the printed recovery key; a typing mistake names its group."""
        return self._enter("recovery", recovery_key.parse(text))[1]

    def change_password(self, old: str, new: str) -> None:
        """Replace the password; until the last moment the old one opens the case, from then on the new one."""
        _demand(new)
        slot, keys = self._enter("password", encode(old))
        self._set_password(keys, new, slot)

    def reset_password(self, keys: Keys, new: str, *, argon: ArgonCost | None = None) -> None:
        """Set a password without the old one, for someone who came in by the recovery key."""
        _demand(new)
        slot = next(iter(self._of("password")), None)
        self._set_password(keys, new, slot, argon)

    def recovery_text(self, keys: Keys) -> str | None:
        """The recovery key again, to print it; None if its slot is damaged (then renew it)."""
        found = (slot.reprint_with(keys) for slot in self._of("recovery"))
        return next((recovery_key.show(recovery) for recovery in found if recovery), None)

    def renew_recovery(self, keys: Keys) -> str:
        """Make a new recovery key, after which the old one opens nothing here; gives it as text."""
        recovery = secrets.token_bytes(recovery_key.SECRET_LENGTH)
        slot = Slot.for_recovery(self._header.case, keys, recovery)
        self._save(keys, (*self._of("password"), slot))
        return recovery_key.show(recovery)

    def copy_to(self, folder: Path) -> None:
        """Put the key file into a backup of the case."""
        data = self._intact_bytes()
        if data is None:
            raise VaultDamaged(f"案卷“{self._folder.name}”的密钥文件已损坏，未能备份；请先重新设置口令。")
        for name in _NAMES:
            write(folder / name, data)

    def mend(self, keys: Keys) -> None:
        """Make file and mirror equal again after bit rot or an interrupted change; only under the case's lock."""
        data = self._intact_bytes(keys)
        if data is None:
            return
        for path in (self._folder / name for name in _NAMES):
            if not path.exists() or path.read_bytes() != data:
                _log.warning("mended %s", path.name)
                write(path, data)

    def _intact_bytes(self, keys: Keys | None = None) -> bytes | None:
        for path in (self._folder / name for name in _NAMES):
            header = tried(path)
            if isinstance(header, Header) and header.intact and (keys is None or header.mac == header.mac_with(keys)):
                return path.read_bytes()
        return None

    def _of(self, kind: Kind) -> Iterable[Slot]:
        return (slot for slot in self._header.slots if slot.kind == kind)

    def _enter(self, kind: Kind, secret: bytes) -> tuple[Slot, Keys]:
        for slot in self._of(kind):
            if keys := slot.open(secret):
                self._prove(keys)
                return slot, keys
        if not self._header.intact:
            raise VaultDamaged(
                f"案卷“{self._folder.name}”的密钥文件已损坏，用现在输入的内容打不开；"
                f"请换用{'恢复密钥' if kind == 'password' else '口令'}，或从备份中取回 {FILE_NAME}。"
            )
        if kind == "password":
            raise WrongPassword("口令不正确，请检查大小写和输入法后重新输入。")
        raise WrongRecoveryKey("恢复密钥不属于这个案卷，或已换过新的；请核对密钥单上的案卷名称和日期。")

    def _prove(self, keys: Keys) -> None:
        """Refuse a header that someone edited; one that only rotted still lets in through its good slots."""
        if self._header.intact and not hmac.compare_digest(self._header.mac, self._header.mac_with(keys)):
            keys.forget()
            raise VaultDamaged(f"案卷“{self._folder.name}”的密钥文件被改动过，已停止打开；请从备份中取回 {FILE_NAME}。")

    def _set_password(self, keys: Keys, new: str, slot: Slot | None, argon: ArgonCost | None = None) -> None:
        cost = argon or (slot.cost if slot else ArgonCost())
        fresh = Slot.for_password(self._header.case, keys, new, cost)
        opened = Slot.from_json(self._header.case, fresh.to_json()).open(encode(new))
        if opened is None or opened.raw48 != keys.raw48:
            raise RuntimeError("a new slot does not open")
        opened.forget()
        self._save(keys, (fresh, *(other for other in self._header.slots if other is not slot)))

    def _save(self, keys: Keys, slots: Iterable[Slot]) -> None:
        header = Header(*self._header.case, tuple(slots))
        data = header.signed(keys)
        write(self._folder / FILE_NAME, data)
        self._header = parse(data, self._folder / FILE_NAME)
        # The mirror last: were it the old file, a damaged key file would bring the old password back.
        write(self._folder / BACKUP_NAME, data)


def _demand(password: str) -> None:
    if not password.strip():
        raise UserError("口令不能为空；请输入口令。")
