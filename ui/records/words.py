"""How the rows of the registers put their words together."""

from xuncha_desktop.services.interviews import Tally


def joined(*parts: str) -> str:
    """The parts that say something, side by side."""
    return "　".join(part for part in parts if part)


def short(day: str) -> str:
    """4月16日 of 2020年4月16日: the year is the round's."""
    return day.partition("年")[2]


def until(day: str) -> str:
    """4月16日前."""
    return f"{short(day)}前" if day else ""


def handed_on(found: Tally) -> str:
    """What became of the summaries of talks: 摘要转底稿或立行立改 12 条，转线索 1 条."""
    return f"摘要转底稿或立行立改 {found.problems} 条，转线索 {found.leads} 条"
