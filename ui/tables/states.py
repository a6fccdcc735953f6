"""How a state looks: a word, a small shape and a tint, never colour alone."""

from collections.abc import Mapping

STATE_ROLES: Mapping[str, str] = {
    "草稿": "secondary",
    "待复核": "accent",
    "待组务会": "accent",
    "待审签": "accent",
    "已审签": "ok",
    "采用": "ok",
    "不采用": "secondary",
    "已归档": "secondary",
    "退回": "warning",
    "未开始": "secondary",
    "核查中": "accent",
    "未发现问题": "ok",
    "发现问题": "warning",
    "不适用": "secondary",
    "未能核查": "warning",
}
STATE_SHAPES: Mapping[str, str] = {"secondary": "○", "accent": "◐", "ok": "●", "warning": "▲", "error": "■"}


def marked(state: str) -> tuple[str, str]:
    """The word with its shape, and the colour role to draw both in."""
    role = STATE_ROLES.get(state, "secondary")
    return (f"{STATE_SHAPES[role]} {state}", role) if state else ("", role)
