"""Two hundred shapes of messy Excel: each comes in with every value right, or is refused naming the cell."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.messy_sheets import (
    Col,
    Sheet,
    build,
    code_number,
    day,
    money,
    one_of,
    some_of,
    text,
    whole,
    yes_no,
)
from xuncha_desktop import paths
from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import entities
from xuncha_desktop.services import cases, inspections, records
from xuncha_desktop.services.imports import kinds, sources, write
from xuncha_desktop.services.imports.plan import Plan
from xuncha_desktop.store import opening, undo
from xuncha_desktop.store.store import Store

SHAPES = 200
TODAY = date(2031, 3, 5)
NO_DAY, NO_AMOUNT, NO_COUNT = ("待定日期", "2020年13月5日", "2020.2.30"), ("若干", "12.345元", "约5"), ("十几", "3.5")
_KINDS_OF_UNIT = {"township": ("镇街道", "乡镇（街道）", "镇"), "village": ("村社区", "村（社区）", "行政村")}
_BODIES = {"committee": ("党委",), "branch": ("党支部", "支部"), "general_branch": ("党总支", "总支")}
_CHANNELS = {"letter": ("来信", "信件"), "call": ("来电", "电话"), "code": ("二维码", "扫码")}
_DOUBTS = {"serial": ("连号", "发票连号"), "round": ("大额整数",), "place": ("异地或节假日", "节假日")}
_SOURCES = {"documents": ("查阅资料", "调阅资料"), "interview": ("个别谈话", "谈话"), "finance": ("财务检查", "查账")}
_EXPERTISE = {"finance": ("财务审计", "财务"), "law": ("政法", "法律")}
_ROLES = {"handler": ("组员", "成员"), "deputy": ("副组长",), "liaison": ("联络员",)}
_GROUPS = {"party_member": ("老党员", "党员"), "allowance": ("低保户", "低保"), "site": ("现场",)}
_RESULTS = {"done": ("完成", "已整改"), "partly": ("部分完成", "整改中"), "undone": ("未完成", "未整改")}
_MEMBERS = {"甲虚构": ("甲虚构", "甲　虚构", "JXG"), "乙虚构": ("乙虚构", "yxg")}
_UNITS = {"XGZ": ("中共虚构镇委员会", "虚构镇党委", "XGZ"), "WMC": ("无名村党支部", "WMC")}
_TYPES = {
    "A101": ("A101", "“第一议题”和中心组学习制度执行不严"),
    "B301": ("B301",),
    "C102": ("“三重一大”议事决策不规范",),
}
_BASES = {"normative": ("规范性文件", "政策文件"), "internal": ("内部制度", "单位制度"), "law": ("法律",)}
UNKNOWN = ("没有这一项",)

COLUMNS: Mapping[str, Sequence[Col]] = {
    "unit": (
        Col("name", ("单位名称", "全称", "党组织名称", "被巡察党组织"), text, (None,)),
        Col("short_name", ("简称", "单位简称"), text),
        Col("code", ("简码", "单位代码"), text),
        Col("kind", ("组织类型", "单位类别", "类型"), one_of(_KINDS_OF_UNIT), UNKNOWN),
        Col("party_body", ("党组织形式", "党组织类型"), one_of(_BODIES), UNKNOWN),
        Col("parent_unit", ("上级党组织", "所属镇街"), text, UNKNOWN),
        Col("secretary", ("书记", "党组织书记"), text),
        Col("households", ("户数", "总户数"), whole, NO_COUNT),
        Col("note", ("备注", "说明"), text),
    ),
    "member": (
        Col("name", ("姓名", "成员姓名"), text, (None,)),
        Col("unit", ("工作单位", "所在单位"), text),
        Col("post", ("职务", "现任职务"), text),
        Col("expertise", ("专长", "业务专长"), some_of(_EXPERTISE), UNKNOWN),
        Col("rounds_before", ("参加轮次", "此前参加轮次数"), whole, NO_COUNT),
        Col("phone", ("电话", "手机号码"), code_number),
        Col("role", ("组内职务", "巡察组职务"), one_of(_ROLES), UNKNOWN),
        Col("joined_on", ("进组日期", "抽调时间"), day, NO_DAY),
    ),
    "borrowing": (
        Col("name", ("资料名称", "调阅资料", "材料名称"), text, (None,)),
        Col("batch", ("批次", "清单批次"), text),
        Col("period", ("所属期间", "年度"), text),
        Col("quantity", ("数量", "册数"), text),
        Col("department", ("责任科室/联络人", "责任科室", "提供单位"), text),
        Col("due_on", ("要求提供时间", "要求提供日期"), day, NO_DAY, group="要求"),
        Col("received_on", ("实际提供日期", "调阅日期"), day, NO_DAY, group="实际"),
        Col("borrower", ("调阅人", "调阅人签名"), one_of(_MEMBERS), UNKNOWN),
        Col("note", ("备注",), text),
    ),
    "voucher": (
        Col("book", ("账套", "账套、单位", "核算单位"), text),
        Col("voucher_on", ("凭证日期",), day, NO_DAY, group="凭证"),
        Col("voucher_no", ("凭证字号", "凭证号"), text, group="凭证"),
        Col("summary", ("摘要", "经济业务"), text, (None,)),
        Col("account", ("科目", "会计科目"), text),
        Col("amount", ("金额", "发生额"), money, NO_AMOUNT),
        Col("doubts", ("疑点类型", "疑点"), some_of(_DOUBTS), UNKNOWN),
        Col("checker", ("抽查人", "查账人"), one_of(_MEMBERS), UNKNOWN),
        Col("result", ("核查结果", "核查情况"), text),
    ),
    "petition": (
        Col("subject", ("事由", "信访事项"), text),
        Col("received_on", ("受理日期", "登记时间"), day, NO_DAY),
        Col("channel", ("渠道", "信访方式"), one_of(_CHANNELS), ("飞鸽",)),
        Col("accused", ("被反映人", "反映对象"), text),
        Col("text", ("反映内容", "主要内容"), text),
        Col("problem_type", ("问题分类", "问题类别"), one_of(_TYPES), UNKNOWN),
        Col("in_scope", ("是否属受理范围", "是否受理"), yes_no, ("也许",)),
        Col("handler", ("承办人", "经办人"), one_of(_MEMBERS), UNKNOWN),
        Col("done_on", ("办结日期", "办结时间"), day, NO_DAY),
    ),
    "visit": (
        Col("place", ("地点", "走访地点"), text, (None,)),
        Col("visited_on", ("走访日期", "走访时间"), day, NO_DAY, group="走访"),
        Col("person_group", ("对象类型", "对象类别"), one_of(_GROUPS), UNKNOWN),
        Col("households", ("走访户数",), whole, NO_COUNT, group="走访"),
        Col("visitors", ("走访人", "走访人员"), some_of(_MEMBERS), UNKNOWN),
        Col("text", ("走访情况", "情况记录"), text),
    ),
    "quick_fix": (
        Col("title", ("事项", "整改事项"), text),
        Col("to_unit", ("责任单位", "签发对象党组织"), one_of(_UNITS), UNKNOWN),
        Col("facts", ("问题事实", "具体问题"), text),
        Col("demand", ("整改要求",), text),
        Col("issued_on", ("签发日期", "交办日期"), day, NO_DAY),
        Col("due_on", ("反馈期限", "整改时限"), day, NO_DAY),
        Col("result", ("核实结果", "整改结果"), one_of(_RESULTS), UNKNOWN),
    ),
    "paper": (
        Col("title", ("问题标题", "底稿名称"), text),
        Col("inspection", ("被巡察党组织", "被巡察单位"), one_of({"XGZ": _UNITS["XGZ"]}), UNKNOWN),
        Col("overview", ("问题表述（与报告一致）", "问题概述"), text),
        Col("problem_type", ("三级分类", "问题分类"), one_of(_TYPES), UNKNOWN),
        Col("amount", ("涉及金额", "金额"), money, NO_AMOUNT),
        Col("people", ("涉及人次", "人次"), whole, NO_COUNT),
        Col("sources", ("发现方式", "问题来源"), some_of(_SOURCES), UNKNOWN),
        Col("basis", ("定性依据",), text),
        Col("handlers", ("承办人",), some_of(_MEMBERS), UNKNOWN),
        Col("quick_fix", ("是否立行立改", "立行立改"), yes_no, ("也许",)),
    ),
    "phrase": (
        Col("point", ("观点句", "句式"), text),
        Col("fact", ("事实句", "典型事例"), text),
        Col("problem_type", ("问题分类", "三级分类"), one_of(_TYPES), UNKNOWN),
    ),
    "legal_basis": (
        Col("name", ("文件名称", "依据名称", "文件全称"), text, (None,)),
        Col("document_number", ("文号", "发文字号"), text),
        Col("article", ("条款", "具体条款"), text),
        Col("kind", ("类别", "效力级别"), one_of(_BASES), UNKNOWN),
        Col("text", ("条款内容", "条文"), text),
        Col("problem_types", ("常用于", "适用问题"), some_of(_TYPES), UNKNOWN),
        Col("note", ("备注", "说明"), text),
    ),
}  # fmt: skip
NUMBERED = tuple(COLUMNS)
# Never empty in the case: a title that is not given is taken from the text, a code from the name.
PROPOSED = frozenset(("unit.code", "unit.kind", "unit.party_body", "member.role", "voucher.summary", "paper.handlers"))


@pytest.fixture(scope="module")
def store(small_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One case for all shapes: each leaves it as it was."""
    folder = Path(shutil.copytree(small_case, tmp_path_factory.mktemp("shapes") / "案卷"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            paths.HOME_VARIABLE, str(Path(shutil.copytree(small_case.parent / "home", folder.parent / "home")))
        )
        opened = opening.open_case(folder, PASSWORD)
        cases.choose_member(opened.store)
        yield opened.store
        opened.close()


def records_of(kind: str, number: int) -> list[dict[str, Any]]:
    """Four to nine fictitious records; some fields empty, neighbours sometimes alike."""
    made: list[dict[str, Any]] = []
    for index in range(4 + number % 6):
        seed = number * 10 + index
        one: dict[str, Any] = {}
        for place, column in enumerate(COLUMNS[kind]):
            one[column.name] = _value(kind, column, seed, place)
            if place > 1 and (seed + place) % 7 == 0 and f"{kind}.{column.name}" not in PROPOSED:
                one[column.name] = None
        made.append(one)
    return made


def _value(kind: str, column: Col, seed: int, place: int) -> Any:
    if column.write is day:
        return date(2019 + seed % 9, 1 + seed % 12, 1 + (seed // 3) % 28).isoformat()
    if column.write is money:
        return 100 * (1 + seed * 37 % 90_000) + (seed % 4) * 25
    if column.write is whole:
        return 1 + seed * 7 % 3000
    if column.write is yes_no:
        return seed % 2 == 0
    if column.write is code_number:
        return f"0{13800000000 + seed}"
    if column.name == "code":
        return f"XG{seed}"
    if column.name == "parent_unit":
        return "虚构镇党委" if seed % 2 else None
    listed = _LISTED.get(f"{kind}.{column.name}")
    if listed is not None:
        return (listed[seed % len(listed)],) if isinstance(listed, tuple) else listed[: 1 + seed % len(listed)]
    if column.name in ("name", "title", "subject", "summary", "place", "point"):
        return f"虚构{column.headings[0]}{seed}号"
    if seed % 5 == 0 and column.name in ("text", "overview", "facts", "note", "result"):
        return f"第一行文字，虚构{place}。\n第二行文字：甲、乙。"
    return f"虚构的{column.headings[0]}{seed // 3}"


_LISTED: Mapping[str, Any] = {
    "unit.kind": tuple(_KINDS_OF_UNIT),
    "unit.party_body": tuple(_BODIES),
    "member.expertise": ["finance", "law"],
    "member.role": tuple(_ROLES),
    "borrowing.borrower": tuple(_MEMBERS),
    "voucher.doubts": ["serial", "round", "place"],
    "voucher.checker": tuple(_MEMBERS),
    "petition.channel": tuple(_CHANNELS),
    "petition.problem_type": tuple(_TYPES),
    "petition.handler": tuple(_MEMBERS),
    "visit.person_group": tuple(_GROUPS),
    "visit.visitors": list(_MEMBERS),
    "quick_fix.to_unit": tuple(_UNITS),
    "quick_fix.result": tuple(_RESULTS),
    "paper.inspection": ("XGZ",),
    "paper.problem_type": tuple(_TYPES),
    "paper.sources": ["documents", "interview", "finance"],
    "paper.handlers": list(_MEMBERS),
    "phrase.problem_type": tuple(_TYPES),
    "legal_basis.kind": tuple(_BASES),
    "legal_basis.problem_types": list(_TYPES),
}
_ONE = frozenset(name for name, listed in _LISTED.items() if isinstance(listed, tuple))


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    """One helper process for all shapes."""
    with Decoder() as made:
        yield made


def plan_of(store: Store, decoder: Decoder, kind: str, path: Path) -> Plan:
    of = kinds.kind_of(kind)
    source = sources.read(path, of, decoder, Progress())
    inspection = next(iter(inspections.every(store)))
    return sources.preview(store, of, source, sources.Choice(inspection), TODAY, Progress())


def counts(store: Store) -> dict[str, int]:
    with store.read() as session:
        return {name: session.query(cls).filter(cls.deleted.is_(False)).count() for name, cls in entities().items()}


def stored(store: Store, kind: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The records as the case has them; what a person says of a member in one with the membership."""
    entity = kinds.kind_of(kind).entity
    found = [records.load(store, entity, record).values for record in ids]
    if kind == "member":
        found = [records.load(store, "inspector", one["inspector"]).values | one for one in found]
    return found


def expected(store: Store, kind: str, column: Col, value: Any) -> Any:
    """A value as the case keeps it."""
    described = kinds.kind_of(kind).targets[column.name].field
    if value in (None, "", ()):
        return described.empty
    key = f"{kind}.{column.name}"
    value = value[0] if key in _ONE and isinstance(value, tuple) else value
    if described.kind in ("ref", "refs"):
        known = _ids(store, described.target)
        return known[value] if described.kind == "ref" else tuple(known[one] for one in value)
    return tuple(value) if described.kind == "enums" else value


def _ids(store: Store, entity: str) -> dict[str, str]:
    if entity == "inspection":
        return {"XGZ": next(iter(inspections.every(store)))}
    naming = {"unit": "code", "problem_type": "code"}.get(entity, "")
    known = records.options(store, entity)
    if naming:
        return {records.load(store, entity, record).values[naming]: record for record in known} | _shorts(store, entity)
    return {name: record for record, name in known.items()}


def _shorts(store: Store, entity: str) -> dict[str, str]:
    if entity != "unit":
        return {}
    known = records.options(store, entity)
    return {records.load(store, entity, record).values["short_name"]: record for record in known}


def make_sheet(folder: Path, number: int, *, wrong: bool) -> tuple[str, Sheet, list[dict[str, Any]]]:
    kind = NUMBERED[number % len(NUMBERED)]
    given = records_of(kind, number)
    for one in given:
        for name, value in one.items():
            key = f"{kind}.{name}"
            if key in _ONE and isinstance(value, tuple):
                one[name] = value[0]
    return kind, build(folder / f"{number}.xlsx", number, COLUMNS[kind], given, wrong=wrong), given


@pytest.mark.parametrize("number", range(SHAPES))
def test_a_messy_sheet_comes_in_with_every_value_right_and_one_undo_takes_it_back(
    store: Store, decoder: Decoder, tmp_path: Path, number: int
) -> None:
    kind, sheet, given = make_sheet(tmp_path, number, wrong=False)
    before = counts(store)
    plan = plan_of(store, decoder, kind, sheet.path)
    assert [problem.sentence for problem in plan.problems] == []
    assert [item.row for item in plan.items] == sheet.rows
    ids = write.write(store, plan, Progress())
    found = stored(store, kind, ids)
    for one, record in zip(given, found, strict=True):
        got = {column.name: record[column.name] for column in COLUMNS[kind]}
        assert got == {column.name: expected(store, kind, column, one[column.name]) for column in COLUMNS[kind]}
    undo.undo(store)
    assert counts(store) == before


@pytest.mark.parametrize("number", range(SHAPES))
def test_a_wrong_value_in_a_messy_sheet_refuses_the_whole_and_names_its_cell(
    store: Store, decoder: Decoder, tmp_path: Path, number: int
) -> None:
    kind, sheet, _ = make_sheet(tmp_path, number, wrong=True)
    assert sheet.wrong
    row, name = sheet.wrong
    before = counts(store)
    plan = plan_of(store, decoder, kind, sheet.path)
    place = f"第{row}行 {sheet.letters[name]}列“{sheet.headings[name]}”："
    assert [problem.sentence for problem in plan.problems if not problem.sentence.startswith(place)] == []
    assert plan.problems
    with pytest.raises(UserError, match="没有导入"):
        write.write(store, plan, Progress())
    assert counts(store) == before


def test_the_shapes_show_every_oddity_often_enough(tmp_path: Path) -> None:
    odd: dict[str, int] = {}
    for number in range(SHAPES):
        for name in make_sheet(tmp_path, number, wrong=False)[1].shape.odd:
            odd[name] = odd.get(name, 0) + 1
    assert len(odd) > 28
    assert min(odd.values()) >= 5, odd
