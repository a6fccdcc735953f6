"""How far a stay is, in words."""

from datetime import date

import pytest

from xuncha_desktop.model import Inspection
from xuncha_desktop.services.headline import Headline, headline


@pytest.mark.parametrize(
    ("entry", "end", "told"),
    [
        ("2031-03-01", "2031-05-01", Headline("驻点第 23 天，还有 39 天")),
        ("2031-03-23", "2031-03-23", Headline("驻点第 1 天，今天是最后一天")),
        ("2031-03-28", "2031-05-01", Headline("还有 5 天进驻")),
        ("2031-03-01", "2031-03-20", Headline("驻点已结束 3 天")),
        ("2031-03-01", None, Headline("驻点第 23 天", "还没有填驻点结束日", "stay_end_on")),
        (None, "2031-03-25", Headline("离驻点结束还有 2 天", "还没有填进驻日期", "entry_on")),
        (None, None, Headline("", "还没有填进驻日期", "entry_on")),
    ],
)
def test_the_headline_tells_the_day_or_which_date_is_missing(
    entry: str | None, end: str | None, told: Headline
) -> None:
    assert headline(Inspection(entry_on=entry, stay_end_on=end), date(2031, 3, 23)) == told
