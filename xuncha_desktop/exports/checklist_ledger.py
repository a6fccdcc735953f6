"""清单完成情况 (.xlsx): how far every item is and what covers it; and the same the other way round, by paper."""

from collections import Counter

from xuncha_desktop.exports.check_sheet import Finding
from xuncha_desktop.exports.register_ledger import ORDER, UNIT, Content, RegisterLedger, Row, Sheet
from xuncha_desktop.model.choices import RESULT_STATES, in_words
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services import coverage
from xuncha_desktop.services.checklists import Line
from xuncha_desktop.store.store import Store

_ITEMS, _PAPERS = "清单完成情况", "底稿覆盖"
_PROOFS = {"谈话": "interview", "调阅": "borrowing", "信访": "petition", "走访": "visit", "抽凭": "voucher"}


def _sheets() -> tuple[Sheet, ...]:
    return (
        Sheet(
            _ITEMS,
            (ORDER, UNIT, "事项编号", "聚焦", "监督重点", "检查事项", "必查", "状态", "核查人", "核查情况",
             "整改核查结论", "是否办结", "底稿", *_PROOFS, "是否覆盖", "底稿编号"),
        ),
        Sheet(_PAPERS, (ORDER, UNIT, "底稿编号", "问题标题", "底稿状态", "对应事项数", "对应事项编号")),
    )  # fmt: skip


def _content(store: Store, inspection: str) -> Content:
    matrix = coverage.matrix(store, inspection)
    items = [_item(line, [matrix.papers[c].number for c in range(len(matrix.papers)) if (row, c) in matrix.marks])
             for row, line in enumerate(matrix.lines)]  # fmt: skip
    papers = list[Row]()
    for column, paper in enumerate(matrix.papers):
        codes = [line.code for row, line in enumerate(matrix.lines) if (row, column) in matrix.marks]
        values = (paper.number, paper.title, paper.state, len(codes), "、".join(codes))
        papers.append(dict(zip(_sheets()[1].titles[2:], values, strict=True)))
    counted = (("项既没有底稿也没有记录", matrix.bare), ("份底稿没有对应任何事项，不在表中", matrix.loose))
    found = [Finding("left_out", f"{number} {words}") for words, number in counted if number]
    return Content({_ITEMS: items, _PAPERS: papers}, tuple(found))


def _item(line: Line, papers: list[str]) -> Row:
    linked = Counter(record.entity for record in line.records)
    values = (line.code, line.focus, line.area, line.text, line.must, in_words(RESULT_STATES, line.state), line.member,
              line.note, in_words(VERDICTS, line.verdict), line.done, len(papers),
              *(linked[entity] for entity in _PROOFS.values()), bool(papers or line.records),
              "、".join(papers))  # fmt: skip
    return dict(zip(_sheets()[0].titles[2:], values, strict=True))


LEDGER = RegisterLedger("checklist_ledger", "check_result", "清单完成情况", _sheets, _content)
