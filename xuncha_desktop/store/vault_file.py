"""The key file `vault.json` and its mirror as bytes: reading, telling damage apart, writing. Light to import."""

import hashlib
import hmac
import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.slots import Slot, canonical

FILE_NAME = "vault.json"
BACKUP_NAME = "vault.json.bak"
VERSION = 1

_log = logging.getLogger(__name__)


class VaultDamaged(UserError):
    """Neither the key file nor its mirror can be trusted."""


class NotACase(UserError):
    """The folder holds no key file of ours."""


class NewerVault(UserError):
    """The key file was written by a later version of the program."""


@dataclass(frozen=True)
class Header:
    """What a key file says. `intact`: its checksum agrees (bit rot); `mac` proves it to whoever is inside."""

    case_id: str
    key_epoch: int
    slots: tuple[Slot, ...]
    mac: str = ""
    intact: bool = True

    @property
    def case(self) -> tuple[str, int]:
        """What every slot is bound to."""
        return self.case_id, self.key_epoch

    def body(self) -> dict[str, Any]:
        """What is authenticated."""
        slots = [slot.to_json() for slot in self.slots]
        return {"v": VERSION, "case_id": self.case_id, "key_epoch": self.key_epoch, "slots": slots}

    def mac_with(self, keys: Keys) -> str:
        """What `mac` must be."""
        return hmac.new(keys.mac_key, canonical(self.body()), hashlib.sha256).hexdigest()

    def signed(self, keys: Keys) -> bytes:
        """The bytes of the file."""
        content = self.body() | {"mac": self.mac_with(keys)}
        return json.dumps(content | {"sum": _sum(content)}, indent=1).encode("ascii")


def tried(path: Path) -> Header | UserError:
    """What the file says, or the sentence to show if the mirror does not help either."""
    try:
        return parse(path.read_bytes(), path)
    except FileNotFoundError:
        return NotACase(f"“{path.parent}”不是案卷文件夹（没有 {FILE_NAME}）；请选择案卷所在的文件夹。")
    except OSError:
        return VaultDamaged(f"读不出“{path}”；请检查磁盘是否接好，或从备份中取回该文件。")
    except UserError as error:
        return error


def write(path: Path, data: bytes) -> None:
    """Put a key file in its place, whole."""
    with replaced(path) as part:
        part.write_bytes(data)


def _sum(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def parse(data: bytes, path: Path) -> Header:
    """Read the file's bytes; `path` is for the sentence."""
    try:
        content = json.loads(data)
        if content["v"] > VERSION:
            raise NewerVault(f"案卷“{path.parent.name}”由更新版本的程序建立；请先升级本程序再打开。")
        case = (str(content["case_id"]), int(content["key_epoch"]))
        intact = content.pop("sum", None) == _sum(content)
        slots = tuple(_slots(case, content["slots"]))
        return Header(*case, slots, str(content["mac"]), intact and len(slots) == len(content["slots"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if data and b"case_id" not in data and b"key_epoch" not in data and b"slots" not in data:
            raise NotACase(f"“{path}”不是本程序的密钥文件；请选择案卷所在的文件夹。") from error
        raise VaultDamaged(f"密钥文件“{path}”已损坏；请从备份中取回该文件。") from error


def _slots(case: tuple[str, int], stored: list[Any]) -> Iterable[Slot]:
    for place, slot in enumerate(stored):
        try:
            yield Slot.from_json(case, slot)
        except ValueError:
            _log.warning("key slot %d unreadable", place)
