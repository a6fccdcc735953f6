"""调阅: which documents were asked for, which came, which did not, which were given back."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from ui import style
from ui.context import Context
from ui.records.base_list import BaseList
from ui.records.register_screen import RegisterScreen
from ui.records.standing_line import of_borrowings
from ui.records.words import joined, short, until
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines
from xuncha_desktop.services import field_records


class BorrowingsScreen(RegisterScreen):
    """The borrowing list."""

    NAME = "borrowings"
    ENTITY = "borrowing"
    NEW = "新调阅资料"
    STEP = "从基础清单开始"
    EMPTY = (
        "这里是调阅清单：要哪些资料、何时提供、谁借谁还、缺什么，到期没有提供的会标出来。"
        "可以从基础清单开始，也可以逐条新增（Ctrl+N）。"
    )
    FIRST = "name"
    PROOFS = "scans"
    WIDE = frozenset({"name"})
    STANDING = of_borrowings
    COUNTED = ""  # the line above the list does
    COLUMNS = (
        "name", "number", "state", "batch", "period", "quantity", "department",
        "due_on", "received_on", "borrower", "returned_on",
    )  # fmt: skip
    FILTERS = ("state", "borrower")
    GROUPS = ("state", "batch", "department", "due_on")
    SORTS = ("state", "due_on", "received_on", "name", "batch", "number")
    SORT = "state"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.base = BaseList(context)
        self.side.addWidget(self.base)
        self.base.taken.connect(lambda made: self.open_record(self.ENTITY, made[0]))
        self.base.left.connect(self._leave_base)

    def tools(self) -> Sequence[QWidget]:
        """The base list, to ask for many documents at once, and what every register has."""
        button = QPushButton("基础清单")
        button.setToolTip("从基础清单选资料，一次列入一批")
        style.set_icon(button, "checklist")
        button.clicked.connect(self.first_step)
        return (button, *super().tools())

    def first_step(self) -> None:
        """Offer the documents of the base list that were not asked for yet."""
        if not self.context.inspection:
            self.new_record()  # says what has to come before
            return
        self.leave()
        self.side.setCurrentWidget(self.base)
        self.split.show_detail()
        begun = field_records.defaults(self.context.store, self.ENTITY, self.context.inspection)
        self.base.begin(begun["batch"])

    def _leave_base(self) -> None:
        self.side.setCurrentWidget(self.editor if self.editor.form.record else self.nothing)
        self.split.show_list()

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Name and the day that counts now; state, batch, period, department and what is missing."""
        back, came = short(cells.get("returned_on", "")), short(cells.get("received_on", ""))
        day = (back and f"{back}还") or (came and f"{came}到") or until(cells.get("due_on", ""))
        parts = ("number", "batch", "period", "department", EXTRA)
        second = joined(*(cells.get(name, "") for name in parts))
        return TwoLines(cells.get("name", ""), cells.get("state", ""), second, day)
