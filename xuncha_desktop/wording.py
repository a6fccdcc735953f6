"""The rules of Chinese official wording that hold for every text we ship and can be checked without a case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_CHINESE = _HAN + "\u3001-\u301b\uff01-\uff5e“”‘’"
_FULL_WIDTH = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_HALF_WIDTH = re.compile(rf"(?<=[{_CHINESE}])[,;:?!()]|[,;:?!()](?=[{_CHINESE}])|(?<=[{_HAN}])\.(?=[{_HAN}]|$)", re.M)
_INSPECTION = re.compile(r"巡视")
# What only the levels above have, or what a document is called.
_CENTRAL = re.compile(
    r"巡视(?:带|和|、)?巡察|巡视工作(?:条例|会议|领导小组|规划)|巡视机构|(?<![市县区]委)巡视(?:反馈|整改|移交)|《[^《》\n]*》"
    r"|(?:中央|省委|自治区党委|全国|国家|上级|省级)[^，。；：、！？\n市县区]{0,8}巡视"
)
_YEAR_OF_NUMBER = re.compile(r"[\[(（［【](?:19|20)\d{2}[\])）］】](?=\s*第?[\d一二三四五六七八九十百]+号)")
_ORDINAL = re.compile(r"(?<=[〔\[(（［【](?:19|20)\d{2}[〕\])）］】])第(?=[\d一二三四五六七八九十百]+号)")
_PADDED_DATE = re.compile(r"(?:\d{4}年)?(?:0\d月(?:\d{1,2}日)?|\d{1,2}月0\d日)")
_STRAIGHT_QUOTES = re.compile(rf"\"[^\"\n]*[{_HAN}][^\"\n]*\"|'[^'\n]*[{_HAN}][^'\n]*'")


@dataclass(frozen=True)
class Finding:
    """A passage that breaks a rule: where it starts, how long it is, and what to do."""

    position: int
    length: int
    message: str
    repair: str  # what should stand there instead


def findings(text: str) -> list[Finding]:
    """Every passage of `text` that breaks a rule of wording, in order of position."""
    return sorted(_all(text), key=lambda finding: finding.position)


def _all(text: str) -> Iterator[Finding]:
    for match in _HALF_WIDTH.finditer(text):
        wanted = _FULL_WIDTH.get(match[0], "。")
        yield _finding(match, f"中文里的“{match[0]}”应写作全角“{wanted}”", wanted)
    allowed = [match.span() for match in _CENTRAL.finditer(text)]
    for match in _INSPECTION.finditer(text):
        if not any(start <= match.start() < end for start, end in allowed):
            yield _finding(match, "市县一级应写“巡察”，此处写了“巡视”", "巡察")
    for match in _YEAR_OF_NUMBER.finditer(text):
        wanted = f"〔{match[0][1:-1]}〕"
        yield _finding(match, f"发文字号的年份应写作“{wanted}”", wanted)
    for match in _ORDINAL.finditer(text):
        yield _finding(match, "发文字号的序号前不写“第”", "")
    for match in _PADDED_DATE.finditer(text):
        plain = re.sub(r"(?<!\d)0(?=\d[月日])", "", match[0])
        yield _finding(match, f"日期不补零，应写作“{plain}”", plain)
    for match in _STRAIGHT_QUOTES.finditer(text):
        left, right = "“”" if match[0][0] == '"' else "‘’"
        yield _finding(match, "中文里的引号应写作“ ”或‘ ’", f"{left}{match[0][1:-1]}{right}")


def _finding(match: re.Match[str], message: str, repair: str) -> Finding:
    return Finding(match.start(), len(match[0]), message, repair)
