"""What is said when characters that no record can keep were taken out of pasted text."""

from xuncha_desktop.text import count_removed, removed_characters

_MOST_NAMED = 5


def notice(raw: str) -> str:
    """One sentence with how many and which; empty where nothing had to go."""
    count, names = count_removed(raw), removed_characters(raw)
    named = "、".join(names[:_MOST_NAMED]) + (" 等" if len(names) > _MOST_NAMED else "")
    return f"粘贴的文字里有 {count} 个不能保存的字符，已去掉：{named}。" if count else ""
