"""How the rows of the registers put their words together."""


def joined(*parts: str) -> str:
    """The parts that say something, side by side."""
    return "　".join(part for part in parts if part)


def short(day: str) -> str:
    """4月16日 of 2020年4月16日: the year is the round's."""
    return day.partition("年")[2]


def until(day: str) -> str:
    """4月16日前."""
    return f"{short(day)}前" if day else ""
