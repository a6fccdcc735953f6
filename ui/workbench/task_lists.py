"""What wants doing, what is late first: due, papers that lack something, must-check items nobody has begun."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.first_step import FirstStep
from ui.workbench.behind import open_figure
from ui.workbench.chips import FigureChips
from ui.workbench.short_list import Item, ShortList
from ui.workbench.words import left_words
from xuncha_desktop.model.show import short_date
from xuncha_desktop.services.due import SOON, Due
from xuncha_desktop.services.figures import Figure
from xuncha_desktop.services.workbench import Overview

_NO_PAPER = "还没有底稿。一事一底稿：写下问题概述，附上证据，缺什么这里会一直列出。"
_NO_CHECKLIST = "这项任务没有清单；在“任务”的“清单”一栏里选一份后，必查事项列在这里。"
_NOTHING_DUE = f"没有逾期和 {SOON} 天内到期的事。调阅、信访、立行立改、事实确认和会议决定填了期限，到期前会列在这里。"


class TaskLists(QWidget):
    """The left column; each row opens its record."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.due = ShortList("逾期和近期到期")
        self.lacking = ShortList("还缺内容的底稿", elsewhere=True)
        self.must = ShortList("必查事项还没有开始")
        self.gaps = FigureChips()
        self.lacking.add_line(self.gaps)
        self.no_paper = FirstStep(_NO_PAPER, "写第一份底稿")
        self._lacking = Figure("", 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.wide_gap)
        for part in (self.no_paper, self.due, self.lacking, self.must):
            column.addWidget(part)
        column.addStretch(1)
        self.due.chosen.connect(lambda key: context.open_record.emit(*key.split(" ")[:2]))
        self.lacking.chosen.connect(lambda paper: context.open_record.emit("paper", paper))
        self.lacking.asked.connect(lambda: self._open(self._lacking, self.lacking))
        self.gaps.chosen.connect(self._open)
        self.must.chosen.connect(lambda result: context.open_record.emit("check_result", result))
        self.no_paper.asked.connect(lambda: context.new_paper.emit({}))

    def show_overview(self, found: Overview) -> None:
        """Show what there is to do now."""
        self._lacking = found.lacking
        self.no_paper.setVisible(not found.papers)
        self.due.show_items(
            [_due_item(line, each, found) for line, each in enumerate(found.due)], _NOTHING_DUE, len(found.due)
        )
        self.lacking.setVisible(bool(found.papers))
        self.gaps.show_figures(found.gaps)
        papers = [Item(p.paper, p.title, f"缺：{'、'.join(p.gaps)}", p.number) for p in found.first_lacking]
        self.lacking.show_items(papers, "底稿都不缺内容。", found.lacking.count)
        must = [Item(m.result, m.text, "　·　".join(w for w in (m.area, m.how) if w), m.code) for m in found.must_open]
        self.must.show_items(must, "必查事项都已开始核查。" if found.has_checklist else _NO_CHECKLIST)

    def _open(self, figure: Figure, widget: QWidget) -> None:
        words = figure.label if figure is self._lacking else f"缺“{figure.label}”的底稿"
        open_figure(self._context, figure, words, widget, QRect(0, 0, widget.width(), widget.height()))


def _due_item(line: int, due: Due, found: Overview) -> Item:
    """One record may have several things due; the line keeps them apart."""
    second = "　·　".join((left_words(due.left), due.what, f"{short_date(due.day)}到期"))
    who = "、".join(found.in_charge.get(member, "") for member in due.members)
    return Item(f"{due.entity} {due.record} {line}", due.title, second, who, "逾期" if due.late else "")
