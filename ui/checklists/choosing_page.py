"""选取事项: which items an inspection of a mode takes, with those the team adds; all of it one action."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.checklists.choosing_model import ChoosingModel
from ui.checklists.choosing_table import ChoosingTable
from ui.context import Context
from ui.forms.flow import FlowLayout
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.choices import MODES
from xuncha_desktop.services import overlays, own_items

_LEADS = {
    "special": "按专题标签选取清单里的事项，再加本专题自拟的事项；没选的隐藏起来，随时可以再选回。",
    "mobile": "只查有疑点的事项：先写疑点，再勾选要查的事项；每一项都要写明因何而查。",
    "lookback": "上一轮反馈的问题逐个核查；没有上一轮案卷时，把问题清单粘贴在下面。",
}
_OWN = {
    "special": ("自拟事项，一行一项", "加入自拟事项"),
    "mobile": ("自拟事项，一行一项", "加入自拟事项"),
    "lookback": ("粘贴上一轮反馈问题，一行一个，可从 Excel 整列复制", "加入反馈问题"),
}


class ChoosingPage(QWidget):
    """`left` when the work is done or given up."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._mode = ""
        self._siblings: tuple[str, ...] = ()
        self.heading, self.lead = _plain("title"), _plain("secondary")
        self.lead.setWordWrap(True)
        self.topics: dict[str, QToolButton] = {}
        self._topic_row = QWidget()
        self._topic_flow = FlowLayout(self._topic_row)
        self.suspicion = QLineEdit()
        self.suspicion.setPlaceholderText("疑点，如“食堂采购单价明显偏高”；写好后勾选的事项都针对它")
        self.suspicion.setAccessibleName("疑点")
        self.model = ChoosingModel()
        self.table = ChoosingTable(self.model)
        self.own = QPlainTextEdit()
        self.own.setTabChangesFocus(True)
        style.sized(self.own, lambda own: own.setFixedHeight(style.metrics.scaled(72)))
        self.add = QPushButton()
        self.together = QCheckBox()
        self.error, self.advice = _plain("error"), _plain("secondary")
        self.error.setWordWrap(True)
        self.error.hide()
        self.take, self.cancel = QPushButton(), QPushButton("取消")
        self.take.setProperty("kind", "primary")
        self._build()
        self.model.counted.connect(self._count)
        self.model.reworded.connect(self._rewrite)
        self.table.ticked.connect(lambda rows, chosen: self.model.tick(rows, chosen, self.suspicion.text().strip()))
        self.add.clicked.connect(self._add)
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self.left)

    def begin(self) -> None:
        """Show what the inspection now worked on has chosen, and what it could."""
        selection = overlays.selection(self._context.store, self._context.inspection)
        self._mode, self._siblings = selection.mode, selection.siblings
        self.heading.setText(f"选取事项　{MODES.get(self._mode, '')}")
        self.lead.setText(_LEADS.get(self._mode, ""))
        self._show_topics(selection.topics if self._mode == "special" else ())
        self.suspicion.setVisible(self._mode == "mobile")
        self.suspicion.clear()
        placeholder, words = _OWN.get(self._mode, ("", ""))
        self.own.setPlaceholderText(placeholder)
        self.own.setAccessibleName(placeholder)
        self.own.clear()
        self.add.setText(words)
        for widget in (self.own, self.add):
            widget.setVisible(self._mode in _OWN)
        self.together.setVisible(bool(self._siblings))
        self.together.setText(f"本轮用同一清单的另外 {len(self._siblings)} 个专项任务也这样选")
        self.together.setChecked(False)
        self._say("")
        self.model.show(selection)
        self.table.fit()
        if self._mode == "mobile":
            self.suspicion.setFocus()
        else:
            self.table.setFocus()

    def _add(self) -> None:
        texts = own_items.split(self.own.toPlainText())
        self.model.add(texts, own_items.AREAS[self._mode], self.suspicion.text().strip())
        self.own.clear()
        if texts:
            self.table.scrollTo(self.model.index(len(self.model.rows) - 1, 0))

    def _take(self) -> None:
        self.table.finish_editing()
        self._add()
        chosen, added = self.model.chosen()
        others = self._siblings if self.together.isChecked() else ()
        try:
            overlays.choose(self._context.store, [self._context.inspection, *others], chosen, added)
        except UserError as error:
            self._say(str(error))
            return
        tasks = f"，{len(others) + 1} 个任务一样" if others else ""
        self._context.undo_offered.emit(f"已选取 {len(chosen) + len(added)} 项清单事项{tasks}")
        self.left.emit()

    def _rewrite(self, item: str, words: str) -> None:
        try:
            own_items.rewrite(self._context.store, item, words)
        except UserError as error:
            self._say(str(error))

    def _count(self) -> None:
        chosen = [row for row in self.model.rows if row.chosen]
        self.advice.setText(overlays.advice(self._mode, len(chosen), sum(row.own for row in chosen)))
        self.take.setText(f"选取 {len(chosen)} 项")
        for topic, chip in self.topics.items():
            with QSignalBlocker(chip):
                chip.setChecked(all(self.model.rows[row].chosen for row in self.model.tagged(topic)))

    def _show_topics(self, topics: tuple[str, ...]) -> None:
        for chip in self.topics.values():
            chip.hide()
            chip.deleteLater()
        while self._topic_flow.takeAt(0) is not None:
            pass
        self.topics = {topic: self._chip(topic) for topic in topics}
        self._topic_row.setVisible(bool(topics))

    def _chip(self, topic: str) -> QToolButton:
        chip = QToolButton()
        chip.setText(topic)
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setAccessibleName(f"选取标签为“{topic}”的事项")
        chip.toggled.connect(lambda on, topic=topic: self.model.tick(self.model.tagged(topic), on))
        self._topic_flow.addWidget(chip)
        return chip

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _build(self) -> None:
        gap = style.metrics.gap
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        own = QHBoxLayout()
        own.setSpacing(gap)
        own.addWidget(self.own, 1)
        own.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(gap)
        foot.addWidget(self.take)
        foot.addWidget(self.cancel)
        foot.addWidget(self.advice)
        foot.addStretch(1)
        foot.addWidget(self.together)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap * 2, gap, gap * 2, gap)
        column.setSpacing(gap)
        for widget in (self.heading, self.lead, self._topic_row, self.suspicion):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(own)
        column.addWidget(self.error)
        column.addLayout(foot)


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
