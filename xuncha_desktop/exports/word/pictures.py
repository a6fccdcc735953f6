"""A picture of a Word file: where it comes from, what it is stored as, and how large it is shown."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

_EMU_PER_MM = 36_000
_LOWEST_DPI = 96


class Original(NamedTuple):
    """A picture as it came from outside: its bytes, what a complaint calls it, and how it is turned to be looked at."""

    content: bytes
    name: str
    turn: int = 0  # clockwise, in degrees


@dataclass(frozen=True)
class Picture:
    """A picture ready to stand in the file: its bytes, their kind and the pixels they hold."""

    content: bytes
    suffix: str
    width: int
    height: int
    digest: str = field(init=False)  # what two equal pictures have in common

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", sha256(self.content).hexdigest())

    def emptied(self) -> "Picture":
        """Its size alone."""
        return replace(self, content=b"")

    def fit(self, width_mm: float, height_mm: float) -> tuple[int, int]:
        """Width and height in EMU inside the given box; a small picture is not blown up below 96 dpi."""
        natural = 914_400 / _LOWEST_DPI
        scale = min(width_mm * _EMU_PER_MM / self.width, height_mm * _EMU_PER_MM / self.height, natural)
        return round(self.width * scale), round(self.height * scale)
