"""从基础清单开始: which of the base documents to ask for, as one batch with one day."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.context import Context
from ui.forms.lines import Line
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.read import read_date
from xuncha_desktop.model.show import long_date
from xuncha_desktop.resources import BaseDocument
from xuncha_desktop.services import borrowings

_DOCUMENT = Qt.ItemDataRole.UserRole
_DAYS = 7  # to bring what is asked for


class BaseList(QWidget):
    """A place in the page: documents to tick, batch and day above them, one button."""

    taken = Signal(list)  # ids of the new lines
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        title = QLabel("从基础清单开始调阅")
        title.setProperty("role", "section")
        self.batch = Line()
        self.due = Line()
        self.documents = QListWidget()
        self.documents.setAlternatingRowColors(True)
        self.documents.setWordWrap(True)
        self.documents.itemChanged.connect(lambda _: self._count())
        self.error = QLabel()
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.error.setWordWrap(True)
        self.error.setProperty("role", "error")
        self.error.hide()
        self.all = QPushButton("全选")
        self.all.clicked.connect(self._turn_all)
        self.take = QPushButton()
        self.take.setProperty("kind", "primary")
        self.take.clicked.connect(self._take)
        back = QPushButton("返回")
        back.clicked.connect(self.left)
        fields = QFormLayout()
        fields.addRow("清单批次", self.batch)
        fields.addRow("要求提供日期", self.due)
        buttons = QHBoxLayout()
        buttons.setSpacing(style.metrics.gap)
        buttons.addWidget(self.all)
        buttons.addStretch(1)
        buttons.addWidget(back)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        gap = style.metrics.wide_gap
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(style.metrics.gap)
        column.addWidget(title)
        column.addLayout(fields)
        column.addWidget(self.documents, 1)
        column.addWidget(self.error)
        column.addLayout(buttons)

    def begin(self, batch: str) -> None:
        """Offer what the inspection's list does not hold yet, all ticked."""
        self.batch.setText(batch)
        self.due.setText(long_date((date.today() + timedelta(days=_DAYS)).isoformat()))
        self.error.hide()
        self.documents.blockSignals(True)
        self.documents.clear()
        for document in borrowings.base_list(self._context.store, self._context.inspection):
            item = QListWidgetItem(f"{document.name}　{document.period}")
            item.setData(_DOCUMENT, document)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.documents.addItem(item)
        self.documents.blockSignals(False)
        self._count()
        self.batch.setFocus()

    def chosen(self) -> list[BaseDocument]:
        """The ticked documents, in order."""
        items = (self.documents.item(row) for row in range(self.documents.count()))
        return [item.data(_DOCUMENT) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _take(self) -> None:
        try:
            due = read_date("要求提供日期", self.due.text(), date.today())
            if not due:
                raise UserError("请填要求提供日期，如 4.16。")
            if not self.batch.text().strip():
                raise UserError("请填清单批次，如“第一批”。")
            store, inspection = self._context.store, self._context.inspection
            made = borrowings.take_base_list(store, inspection, self.chosen(), self.batch.text().strip(), due)
        except UserError as error:
            self.error.setText(str(error))
            self.error.show()
            return
        self._context.undo_offered.emit(f"已列入调阅清单 {len(made)} 项")
        self.taken.emit(made)

    def _turn_all(self) -> None:
        every = len(self.chosen()) == self.documents.count()
        for row in range(self.documents.count()):
            self.documents.item(row).setCheckState(Qt.CheckState.Unchecked if every else Qt.CheckState.Checked)

    def _count(self) -> None:
        chosen = len(self.chosen())
        self.take.setText(f"列入调阅清单 {chosen} 项")
        self.take.setEnabled(bool(chosen))
        self.all.setText("全不选" if chosen and chosen == self.documents.count() else "全选")
