"""The colour roles of the two themes: one table each, so that a role can never exist in one theme only."""

from collections.abc import Mapping
from typing import NamedTuple


class Theme(NamedTuple):
    """A colour for every role; text roles keep 4.5 : 1 on every ground they may stand on (`PAIRS`)."""

    paper: str  # where one reads and writes
    panel: str  # navigation, headers, what surrounds the paper
    line: str  # separators
    border: str  # outline of a control
    hover: str  # ground under the mouse
    pressed: str
    selection: str  # ground of selected rows and selected text
    text: str
    secondary: str
    disabled: str  # exempt from the contrast rule: it says that nothing can be done here
    accent: str
    accent_hover: str
    on_accent: str
    draft: str
    review: str
    returned: str
    approved: str
    error: str
    draft_tint: str
    review_tint: str
    returned_tint: str
    approved_tint: str
    error_tint: str
    covered: str  # what is blacked out, in any theme as on paper
    framed: str  # lines around what is pointed out, in any theme as on paper

    def roles(self) -> Mapping[str, str]:
        """Role names with their colours, the words for what a message says included."""
        known = self._asdict()
        return known | {name: known[role] for name, role in _ALIASES.items()}


_ALIASES = {
    "warning": "returned",
    "ok": "approved",
    "link": "accent",
    "focus": "accent",
    "hint": "secondary",
    "overdue": "error",
    "warning_tint": "returned_tint",
    "ok_tint": "approved_tint",
}

LIGHT = Theme(
    paper="#FFFFFF",
    panel="#F6F7F9",
    line="#E1E4E8",
    border="#8C95A0",
    hover="#EEF1F5",
    pressed="#E1E6EC",
    selection="#E8F0FA",
    text="#1F2328",
    secondary="#57606A",
    disabled="#9AA3AD",
    accent="#1D5FA6",
    accent_hover="#174F8C",
    on_accent="#FFFFFF",
    draft="#57606A",
    review="#1D5FA6",
    returned="#8A5C00",
    approved="#176F31",
    error="#B42318",
    draft_tint="#EEF0F3",
    review_tint="#E8F0FA",
    returned_tint="#FCF3DF",
    approved_tint="#E6F4EA",
    error_tint="#FCEBE9",
    covered="#000000",
    framed="#D90000",
)

DARK = Theme(
    paper="#1B1F24",
    panel="#23282F",
    line="#363D46",
    border="#7D8793",
    hover="#2C323A",
    pressed="#353C46",
    selection="#203A57",
    text="#E6EAEF",
    secondary="#A9B3BE",
    disabled="#6E7783",
    accent="#7DB9F5",
    accent_hover="#9CCBF8",
    on_accent="#10202F",
    draft="#A9B3BE",
    review="#7DB9F5",
    returned="#E5B84F",
    approved="#6BCB85",
    error="#FF9A91",
    draft_tint="#2C323A",
    review_tint="#203A57",
    returned_tint="#3B311A",
    approved_tint="#1E3827",
    error_tint="#43252A",
    covered="#000000",
    framed="#D90000",
)

_GROUNDS = ("paper", "panel", "hover", "selection")
_STATES = ("draft", "review", "returned", "approved", "error")

PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "secondary", "accent", *_STATES) for ground in _GROUNDS),
    *((state, f"{state}_tint") for state in _STATES),
    *(("text", f"{state}_tint") for state in _STATES),
    ("text", "pressed"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
)
"""Every text role with every ground it is set on."""
