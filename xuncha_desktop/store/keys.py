"""The keys of an open case and how each is derived. Light to import: cryptography (60 ms) loads on first use."""

import secrets
from dataclasses import dataclass
from typing import Self

_DEK = 32
_SALT = 16
SECRET_LENGTH = _DEK + _SALT


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Keys:
    """The secret of one case: 32 bytes of key and the 16 bytes of salt that SQLCipher writes at its file's head.

    Kept in one bytearray so that locking can wipe it; everything else is derived when asked for.
    """

    _secret: bytearray

    @classmethod
    def mint(cls) -> Self:
        """Make the keys of a new case."""
        return cls(bytearray(secrets.token_bytes(SECRET_LENGTH)))

    @classmethod
    def from_secret(cls, secret: bytes) -> Self:
        """Take up the keys that a slot has given back."""
        if len(secret) != SECRET_LENGTH:
            raise ValueError(f"a case's secret has {SECRET_LENGTH} bytes")
        return cls(bytearray(secret))

    @property
    def raw48(self) -> bytes:
        """Key and salt together, as SQLCipher takes them."""
        if not any(self._secret):
            # Wiped bytes would still be a key: a new file would be encrypted with one that everybody knows.
            raise RuntimeError("the keys of this case were forgotten")
        return bytes(self._secret)

    @property
    def dek(self) -> bytes:
        """The data key alone."""
        return self.raw48[:_DEK]

    @property
    def salt(self) -> bytes:
        """The first 16 bytes of every database file of the case."""
        return self.raw48[_DEK:]

    @property
    def blob_master(self) -> bytes:
        """What the keys and names of evidence files are derived from."""
        return derive(self.dek, b"xuncha case: evidence files")

    @property
    def mac_key(self) -> bytes:
        """What authenticates the header of the key file."""
        return derive(self.dek, b"xuncha case: key file header")

    @property
    def reprint_key(self) -> bytes:
        """What seals the recovery key so that it can be printed again after unlocking."""
        return derive(self.dek, b"xuncha case: recovery key reprint")

    def forget(self) -> None:
        """Wipe the secret (on lock and close); these keys are useless afterwards."""
        self._secret[:] = bytes(SECRET_LENGTH)

    def __repr__(self) -> str:
        return "Keys(…)"


def derive(secret: bytes, purpose: bytes, salt: bytes = b"") -> bytes:
    """A 32-byte key for one purpose (HKDF-SHA256); other purposes give unrelated keys."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(secret)
