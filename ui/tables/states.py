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
    # Of the field records (services/record_states.py).
    "逾期": "error",
    "诉求逾期": "error",
    "事项逾期": "error",
    "待整理": "warning",
    "待批示": "warning",
    "待签名": "warning",
    "未签名": "warning",
    "未签发": "secondary",
    "未送达": "secondary",
    "未提供": "accent",
    "待反馈": "accent",
    "待答复": "accent",
    "待核实": "warning",
    "待核查": "accent",
    "待计票": "accent",
    "票数不符": "error",
    "待确认": "accent",
    "办理中": "accent",
    "诉求待办": "accent",
    "事项待办": "accent",
    "无法提供": "secondary",
    "已移交": "ok",
    "已提供": "ok",
    "已归还": "ok",
    "已确认": "ok",
    "已计票": "ok",
    "已核查": "ok",
    "已答复": "ok",
    "已办结": "ok",
    "已销号": "ok",
    "诉求办结": "ok",
    "无诉求": "secondary",
    "存查": "secondary",
    # Of hearings (ui/reports/hearings_page.py).
    "待落实": "warning",
    "已记落实": "ok",
}
STATE_SHAPES: Mapping[str, str] = {"secondary": "○", "accent": "◐", "ok": "●", "warning": "▲", "error": "■"}


def marked(state: str) -> tuple[str, str]:
    """The word with its shape, and the colour role to draw both in."""
    role = STATE_ROLES.get(state, "secondary")
    return (f"{STATE_SHAPES[role]} {state}", role) if state else ("", role)
