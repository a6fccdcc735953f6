"""What follows from what is known already, as a proposal: short names and codes, a paper's title."""

import re

from xuncha_desktop.services import blanks

_PREFIX = re.compile(r"^(中国共产党|中共)")
_COUNTY = re.compile(r"^.{1,8}?[省市县区旗](?=.{2,})")
# The longer ending first: 工作委员会 ends in 委员会, too.
_ENDINGS = (
    ("总支部委员会", "党总支", "general_branch"),
    ("总支部", "党总支", "general_branch"),
    ("党总支", "党总支", "general_branch"),
    ("支部委员会", "党支部", "branch"),
    ("党支部", "党支部", "branch"),
    ("支部", "党支部", "branch"),
    ("工作委员会", "党工委", "work_committee"),
    ("党工委", "党工委", "work_committee"),
    ("党委会", "党委", "committee"),
    ("委员会", "党委", "committee"),
    ("党委", "党委", "committee"),
    ("党组", "党组", "group"),
)
_KINDS = (
    ("village", ("村", "社区", "居")),
    ("township", ("镇", "乡", "街道")),
    ("enterprise", ("公司", "集团", "银行", "合作社", "厂")),
    ("institution", ("学校", "小学", "中学", "大学", "学院", "幼儿园", "医院", "中心", "所", "站", "馆", "台")),
    ("department", ("局", "委", "办", "办公室", "厅", "部", "院", "会", "署")),
)
_CLAUSE = re.compile(r"[，。；：、,;:!?！？\n]")
_DAY = re.compile(r"^[\d〇零一二三四五六七八九十]+年")
_SHORTEST_TITLE, _LONGEST_TITLE = 5, 40


def paper_title(overview: str) -> str:
    """The first clause of 问题概述 that says something; empty where there is none that would do as a title."""
    for clause in _CLAUSE.split(overview):
        words = clause.strip()
        fits = _SHORTEST_TITLE <= len(words) <= _LONGEST_TITLE
        if fits and not _DAY.match(words) and not blanks.unfilled(words) and not blanks.is_marked(words):
            return words
    return ""


def short_name(full: str) -> str:
    """平湖镇党委 for 中共平湖镇委员会."""
    stem, body, _ = _parts(full)
    return stem + body


def party_body(full: str) -> str:
    """The form of the party organisation that a full name ends in."""
    return _parts(full)[2]


def kind(full: str) -> str:
    """The kind of organisation that a full name speaks of."""
    stem = _parts(full)[0]
    return next((kind for kind, endings in _KINDS if stem.endswith(endings)), "other")


def unit_code(full: str) -> str:
    """PHZ for 中共平湖镇委员会: initials of the name without county and party ending, four at most."""
    stem = _COUNTY.sub("", _parts(full)[0])
    return "".join(syllable[0] for syllable in _syllables(stem)).upper()[:4]


def member_code(name: str) -> str:
    """Three letters for a name: ZJY for three characters, WFA for 王芳."""
    syllables = _syllables(name)
    if not syllables:
        return ""
    initials = "".join(syllable[0] for syllable in syllables)
    return (initials + syllables[-1][1:]).upper()[:3]


def team_number(team: str) -> int:
    """3 for 市委第三巡察组; 1 where the name has no number."""
    found = re.search(r"第?([一二三四五六七八九十]+|\d{1,2})巡察组", team)
    if found is None:
        return 1
    if found[1].isdigit():
        return max(1, int(found[1]))
    tens, ten, ones = found[1].rpartition("十")
    digits = "零一二三四五六七八九"
    return (digits.find(tens) if tens else 1 if ten else 0) * 10 + (digits.find(ones) if ones else 0)


def folder_name(case_name: str) -> str:
    """A case's name as a folder's on every system."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", case_name).strip(" .")[:80]


def _parts(full: str) -> tuple[str, str, str]:
    name = _PREFIX.sub("", full.strip())
    for ending, short, body in _ENDINGS:
        if name.endswith(ending) and name != ending:
            return name.removesuffix(ending), short, body
    return name, "", "committee"


def _syllables(text: str) -> list[str]:
    # The dictionary takes 0.1 s to load; the preloading thread has it by the time a name is typed.
    from xuncha_desktop.store.sort_keys import sort_key

    pinyin = sort_key(text).partition("\t")[0]
    return re.findall(r"[a-z]+", pinyin)
