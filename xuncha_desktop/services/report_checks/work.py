"""The eight counters of a stay in the texts of a report: 开展个别谈话20人次, 受理9件次信访."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xuncha_desktop.services.report_checks.statement import COUNT, Statement, Totals, counts, whole, written

_GENERAL = "(?:党员|干部|群众|职工|各级|各类|各层面|有关|相关|人员|代表|、|和|及){1,8}"
_AMONG = r"(?:了|[共累合总]计|共|总数|数量|达到|[达为计：]){0,3}\s?"
# Who else may have done it, or when: only what the team did in its stay is counted.
_TEAM = re.compile(r"巡察组|巡察期间|巡察以来|驻点|进驻|(?:本轮|本次|此次)巡察|开展了?.{0,6}巡察")
_OTHER_DOERS = re.compile(
    r"党委|党组|党工委|总支|支部|纪委|纪检|政府|书记|镇长|局长|负责人|领导|班子|科室|机关|镇里|局里|村里|村级|全[镇局村院校市县区]|各村|个村|单位|部门|站所|该[镇局村院校]"
    r"|\d年|去年|今年|全年|年度|上半年|下半年|近[两三五]年|同期"
)
_OTHERS = re.compile(
    r"上轮|上一轮|上次|前次|以往|历年|审计|整改|督查|计划|拟|应当|应开展|不少于|至少|平均|人均|每|另有|还有"
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """How a counter is usually written."""

    called: str
    unit: str
    verbs: str
    nouns: str
    units: str


_COUNTERS = {
    "talks": _Counted(
        "个别谈话", "人次", "开展|进行|组织|完成|安排",
        f"(?:个别)?谈话(?:了解|情况)?(?:{_GENERAL})?", "人次|次",
    ),
    "questionnaires": _Counted("发放问卷", "份", "发放|发出|印发|下发", "(?:调查)?问卷(?:调查表?)?|调查表", "份|张"),
    "documents": _Counted(
        "调阅资料", "份", "调阅|查阅|调取|审阅",
        "(?:各类|有关|相关|文件|书面|档案|台账){0,5}(?:资料|材料)", "份|件",
    ),
    "visits": _Counted(
        "走访群众", "户", "开展|组织|入户|深入|逐户|上门|实地|集中",
        "(?:走访|入户)(?:调研|了解|了)?(?:农户|村民|居民|党员|干部|群众|家庭){0,5}", "户次?",
    ),
    "petitions": _Counted(
        "受理信访", "件次", "受理|收到|接到|接收|接待",
        "(?:群众|各类)?(?:信访(?:举报件?|事项|问题|件)?|来信来访来电|来信来访|来访来信|来信)",
        "件次|件（次）|件|次|起",
    ),
    "papers": _Counted("形成问题底稿", "份", "形成|撰写|制作|起草|编制", "(?:问题|工作){0,2}底稿", "份|个|篇"),
    "quick_fixes": _Counted(
        "提出立行立改事项", "项", "提出|推动|督促|交办|发出|下发|转办|移交",
        "立行立改(?:事项|问题|任务|建议|通知书?)?", "项|件|个|份|条",
    ),
    "leads": _Counted("问题线索", "条", "发现|收到|形成|梳理|移交|受理", "(?:问题)?线索", "条|件|个|项"),
}  # fmt: skip


def _patterns(of: _Counted) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The number behind the noun, and before it."""
    done = rf"(?:{of.verbs})(?:了|出|过)?"
    with_whom = f"(?:与|同|对|找){_GENERAL}"
    begin = rf"(?:^|(?<=[，、：（“\s])|巡察组|共|计|先后|分别|{with_whom}|{done})(?:共计|累计|共|{done}){{0,3}}\s?"
    behind = rf"{begin}(?:{of.nouns}){_AMONG}{COUNT}(?:{of.units})"
    return re.compile(behind), re.compile(rf"{done}{_AMONG}{COUNT}(?:{of.units})的?(?:{of.nouns})")


_PATTERNS = {name: _patterns(of) for name, of in _COUNTERS.items()}


def stated(sentence: re.Match[str], totals: Totals) -> Iterator[Statement]:
    """Each counter a sentence gives; one the case keeps nothing of cannot be held against it."""
    for name, patterns in _PATTERNS.items():
        true = totals.work.get(name, 0)
        starts: set[int] = set()
        for pattern in patterns if true else ():
            for match in whole(pattern, sentence[0], _OTHERS):
                start = match.start("count")
                if start not in starts and _by_team(sentence[0], match.start()):
                    starts.add(start)
                    yield _statement(name, sentence.start() + start, match, true, totals)


def _by_team(sentence: str, end: int) -> bool:
    """Whether it says that of the inspection team, as a report does that names nobody."""
    before = sentence[:end]
    return bool(_TEAM.search(before)) or not _OTHER_DOERS.search(before)


def _statement(name: str, start: int, match: re.Match[str], true: int, totals: Totals) -> Statement:
    of, said = _COUNTERS[name], match["count"]
    right = {true, totals.whole.problems} if name == "papers" else {true}  # all, or those of the report
    agrees = counts(written(said), right, match["about"], match["more"])
    rough = f"{match['about'] or ''}{said}{match['more'] or ''}"
    hand = name in totals.by_hand
    case = f"{'“任务”里填的是' if hand else '案卷登记'} {true:,} {of.unit}"
    words = f"写了{of.called} {rough} {of.unit}，{case}，{'请改其中一处' if hand else '请改文字或补登记'}"
    repair = None if match["about"] or match["more"] else str(true)
    return Statement(name, start, len(said), agrees, words, repair)
