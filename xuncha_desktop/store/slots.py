"""One way into a case: its secret wrapped under a password or under the recovery key. Light to import."""

import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from xuncha_desktop.errors import UserError
from xuncha_desktop.store.keys import Keys, derive

Kind = Literal["password", "recovery"]

# A key file from elsewhere must not make this machine swap for minutes.
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_ROUNDS = 64


@dataclass(frozen=True)
class ArgonCost:
    """What guessing a password costs (Argon2id); the default is for new cases, 0.2 to 0.4 s a guess."""

    m_kib: int = 128 * 1024
    t: int = 3
    p: int = 4


@dataclass(frozen=True)
class Slot:
    """A slot as it stands in the key file. `case` ties it to one case and key epoch; `reprint` is recovery's own."""

    case: tuple[str, int]
    id: str
    kind: Kind
    kdf: Mapping[str, Any]
    nonce: bytes = b""
    wrapped: bytes = b""
    reprint: bytes = b""

    @classmethod
    def for_password(cls, case: tuple[str, int], keys: Keys, password: str, cost: ArgonCost) -> Self:
        """Wrap the keys under a password."""
        kdf = {"name": "argon2id", "m_kib": cost.m_kib, "t": cost.t, "p": cost.p, "salt": secrets.token_hex(16)}
        return cls(case, secrets.token_hex(8), "password", kdf)._wrap(keys, encode(password))

    @classmethod
    def for_recovery(cls, case: tuple[str, int], keys: Keys, recovery: bytes) -> Self:
        """Wrap the keys under the recovery key, which itself stays readable for whoever is inside."""
        kdf = {"name": "hkdf-sha256", "salt": secrets.token_hex(16)}
        slot = cls(case, secrets.token_hex(8), "recovery", kdf)._wrap(keys, recovery)
        nonce = secrets.token_bytes(12)
        return replace(slot, reprint=nonce + _gcm(keys.reprint_key).encrypt(nonce, recovery, slot._bound()))

    @classmethod
    def from_json(cls, case: tuple[str, int], stored: Any) -> Self:
        """Read a slot; anything impossible in it is a ValueError."""
        try:
            kind, kdf = stored["kind"], stored["kdf"]
            _check_kdf(kind, kdf)
            nonce, wrapped, reprint = (bytes.fromhex(stored[name]) for name in ("nonce", "wrapped", "reprint"))
            return cls(case, str(stored["id"]), kind, kdf, nonce, wrapped, reprint)
        except (KeyError, TypeError) as error:
            raise ValueError("not a key slot") from error

    def to_json(self) -> dict[str, Any]:
        """The slot as it goes into the key file."""
        return {
            "id": self.id,
            "kind": self.kind,
            "kdf": dict(self.kdf),
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
            "reprint": self.reprint.hex(),
        }

    def open(self, secret: bytes) -> Keys | None:
        """Unwrap the keys; None if this is not the secret, or the slot was changed in any bit."""
        from cryptography.exceptions import InvalidTag

        try:
            return Keys.from_secret(_gcm(self._kek(secret)).decrypt(self.nonce, self.wrapped, self._bound()))
        except (InvalidTag, ValueError):
            return None

    def reprint_with(self, keys: Keys) -> bytes | None:
        """The recovery key again, for someone who is inside; None unless it still opens this slot."""
        from cryptography.exceptions import InvalidTag

        try:
            recovery = _gcm(keys.reprint_key).decrypt(self.reprint[:12], self.reprint[12:], self._bound())
        except (InvalidTag, ValueError):
            return None
        return recovery if self.open(recovery) else None

    @property
    def cost(self) -> ArgonCost:
        """What this password slot was made with."""
        return ArgonCost(self.kdf["m_kib"], self.kdf["t"], self.kdf["p"])

    def _wrap(self, keys: Keys, secret: bytes) -> Self:
        nonce = secrets.token_bytes(12)
        wrapped = _gcm(self._kek(secret)).encrypt(nonce, keys.raw48, self._bound())
        return replace(self, nonce=nonce, wrapped=wrapped)

    def _bound(self) -> bytes:
        """What the wrapping is authenticated with: cheaper parameters or another case's slot do not open."""
        return canonical([*self.case, self.id, self.kind, dict(self.kdf)])

    def _kek(self, secret: bytes) -> bytes:
        salt = bytes.fromhex(self.kdf["salt"])
        if self.kind == "recovery":
            return derive(secret, b"xuncha case: recovery slot", salt)
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

        cost = self.cost
        try:
            return Argon2id(salt=salt, length=32, iterations=cost.t, lanes=cost.p, memory_cost=cost.m_kib).derive(
                secret
            )
        except MemoryError as error:
            raise UserError(f"内存不足，核对口令需要 {cost.m_kib // 1024} MB 内存；请关闭其他程序后再试。") from error


def encode(password: str) -> bytes:
    """A password as bytes; full-width and half-width forms of an input method are the same password."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def canonical(value: Any) -> bytes:
    """One spelling for one value, to be authenticated."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def _check_kdf(kind: Any, kdf: Any) -> None:
    salt = bytes.fromhex(kdf["salt"])
    if kind == "recovery":
        possible = kdf["name"] == "hkdf-sha256"
    else:
        m, t, p = kdf["m_kib"], kdf["t"], kdf["p"]
        possible = (
            kind == "password"
            and kdf["name"] == "argon2id"
            and all(type(number) is int for number in (m, t, p))
            and 1 <= p <= _MOST_ROUNDS
            and 1 <= t <= _MOST_ROUNDS
            and 8 * p <= m <= _MOST_MEMORY_KIB
        )
    if not possible or len(salt) < 8:
        raise ValueError("impossible key derivation")


def _gcm(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
