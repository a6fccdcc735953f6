"""Who made a template file: this installation's key, a short form of keys that people compare, and the keys met before.

The private key lies in the user's own folder and nowhere else: never in a case, a file that is given away, or a log.
"""

import hashlib
import json
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xuncha_desktop import paths
from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.text import clean_text

OWN, KNOWN, NAMESAKE, NEW = "own", "known", "namesake", "new"
LONGEST_NAME = 40
_KEY = "template-signing.key"
_MET = "template-signers.json"
_PURPOSE = b"xuncha template file\n"  # a signature for this can never be taken for one of anything else


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and the public key it goes with; only the key is proven."""

    name: str
    key: bytes

    @property
    def fingerprint(self) -> str:
        """Sixteen letters and digits to compare by telephone."""
        return _short(self.key)


def own(name: str) -> Signer:
    """This installation under the name its user goes by; the key is made when first needed."""
    return Signer(name, _own_key().public_key().public_bytes_raw())


def own_fingerprint() -> str:
    """That of this installation; empty before it has signed anything."""
    try:
        key = _read(paths.settings_folder() / _KEY)
    except UserError:
        return ""
    return _short(key.public_key().public_bytes_raw()) if key else ""


def sign(content: bytes) -> bytes:
    """This installation's signature."""
    return _own_key().sign(_PURPOSE + content)


def signed(signer: Signer, content: bytes, signature: bytes) -> bool:
    """Whether that key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(signer.key).verify(signature, _PURPOSE + content)
    except (InvalidSignature, ValueError):
        return False
    return True


def standing(signer: Signer) -> str:
    """How well a signer is known here: OWN, KNOWN, NEW, or a NAMESAKE, whose name is the one of another key."""
    if signer.fingerprint == own_fingerprint():
        return OWN
    met = _met()
    before = met.get(signer.key.hex(), "")
    if before != signer.name and signer.name in met.values():
        return NAMESAKE
    return KNOWN if before else NEW


def met_as(signer: Signer) -> str:
    """The name a key went by when it was met before; empty for a new one."""
    return _met().get(signer.key.hex(), "")


def remember(signer: Signer) -> None:
    """Know this key from now on, by the name it goes by now."""
    with replaced(paths.settings_folder() / _MET) as part:
        part.write_text(
            json.dumps({**_met(), signer.key.hex(): signer.name}, ensure_ascii=False, indent=1), encoding="utf-8"
        )


def proper_name(text: str) -> str:
    """A name as it may be shown: one line, nothing invisible, not too long."""
    return "".join(filter(str.isprintable, " ".join(clean_text(text).split())))[:LONGEST_NAME].strip()


def _short(key: bytes) -> str:
    digest = hashlib.sha256(key).hexdigest().upper()
    return " ".join(digest[start : start + 4] for start in range(0, 16, 4))


def _met() -> dict[str, str]:
    try:
        found = json.loads((paths.settings_folder() / _MET).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}  # everybody is new again: the safe side
    return {key: str(name) for key, name in found.items()} if isinstance(found, dict) else {}


def _own_key() -> Ed25519PrivateKey:
    file = paths.settings_folder() / _KEY
    if key := _read(file):
        return key
    minted = file.with_name(f"{file.name}.{uuid.uuid4().hex}")
    try:
        minted.touch(0o600, exist_ok=False)  # closed to other users before anything is in it
        with minted.open("wb") as out:
            out.write(Ed25519PrivateKey.generate().private_bytes_raw())
            out.flush()
            os.fsync(out.fileno())
        paths.claim(minted, file, _read)
    finally:
        minted.unlink(missing_ok=True)
    key = _read(file)
    assert key is not None
    return key


def _read(file: Path) -> Ed25519PrivateKey | None:
    """The key; None where there is none or a spoilt one. One that only cannot be read now must not be replaced."""
    try:
        return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    except OSError as error:
        raise UserError("读不出这台电脑的签名，没有导出；请关掉占用设置文件夹的程序后再试。") from error
