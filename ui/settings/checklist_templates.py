"""清单模板: the checklists of this case, version by version."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from ui import style
from ui.checklists.template_items import TemplateItems
from ui.context import Context
from ui.first_step import FirstStep
from ui.settings.page import SettingsPage, label
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import checklist_editing
from xuncha_desktop.services import checklist_versions as versions
from xuncha_desktop.services.checklist_versions import Template

_BRING_IN = "这份清单是程序自带的，还没有带入本案卷。第一次用到时自动带入；想先看或修订，现在就可以带入。"


class ChecklistTemplatesPage(SettingsPage):
    """Above, which version and what may be done with it; below, its items."""

    TITLE = "清单模板"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: list[Template] = []
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("清单和版本")
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.items = TemplateItems(context)
        self.named = _button("名称和版本", self.items.name)
        self.revise = _button("修订为新版本", self._revise)
        self.begin = _button("新增清单", self._begin)
        self.discard = _button("删除这一版", self._discard)
        self.facts = label("", "secondary")
        self.nothing = FirstStep(_BRING_IN, "带入本案卷")
        self.pages = QStackedWidget()
        self._build()
        self.chooser.currentIndexChanged.connect(lambda _: self._show_version())
        self.items.refused.connect(lambda sentence: self.notice.say("warning", sentence))
        self.nothing.asked.connect(self._bring_in)

    @property
    def shown(self) -> Template | None:
        """The version now seen."""
        place = self.chooser.currentIndex()
        return self.found[place] if 0 <= place < len(self.found) else None

    def refresh(self) -> None:
        """Read all versions again; the one seen stays."""
        before = self.shown
        self.found = versions.templates(self.context.store)
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            self.chooser.addItems([_words(template) for template in self.found])
            keys = [(row.id, row.code) for row in self.found]
            key = (before.id, before.code) if before else None
            self.chooser.setCurrentIndex(keys.index(key) if key in keys else 0)
        self._show_version()

    def choose(self, checklist: str) -> None:
        """Show a version."""
        place = next((place for place, row in enumerate(self.found) if row.id == checklist), -1)
        if place >= 0:
            self.chooser.setCurrentIndex(place)

    def new_record(self) -> None:
        """Ctrl+N: an item at the end."""
        self.items.new_record()

    def leave(self) -> None:
        """Save what is being typed."""
        self.items.leave()

    def _show_version(self) -> None:
        shown = self.shown
        if shown is None:
            return
        self.facts.setText(_facts(shown))
        self.named.setEnabled(bool(shown.id))
        self.revise.setEnabled(bool(shown.id) and not any(row.previous == shown.id for row in self.found))
        self.discard.setEnabled(not shown.locked)
        self.pages.setCurrentWidget(self.items if shown.id else self.nothing)
        if shown.id:
            self.items.show_version(shown)

    def _revise(self) -> None:
        if (shown := self.shown) is not None:
            self._make(lambda: checklist_editing.revise(self.context.store, shown.id), "已另存为新版本")

    def _begin(self) -> None:
        self._make(lambda: checklist_editing.begin(self.context.store), "已新增清单")
        self.items.name()

    def _bring_in(self) -> None:
        if (shown := self.shown) is not None:
            self._make(lambda: checklist_editing.bring_in(self.context.store, shown.code), "清单已带入本案卷")

    def _discard(self) -> None:
        if (shown := self.shown) is None:
            return
        self.notice.clear()
        try:
            checklist_editing.discard(self.context.store, shown.id)
        except UserError as error:
            self.notice.say("warning", str(error))
            return
        self.context.undo_offered.emit(f"已删除清单版本 {shown.version}")

    def _make(self, act: Callable[[], str], told: str) -> None:
        """Make a version and show it."""
        self.leave()
        self.notice.clear()
        try:
            made = act()
        except UserError as error:
            self.notice.say("warning", str(error))
            return
        self.refresh()
        self.choose(made)
        self.context.undo_offered.emit(told)

    def _build(self) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, gap, gap * 2, 0)
        head.setSpacing(gap)
        head.addWidget(self.chooser, 1)
        head.addWidget(self.begin)
        told = QHBoxLayout()
        told.setContentsMargins(gap * 2, 0, gap * 2, 0)
        told.setSpacing(gap)
        told.addWidget(self.facts, 1)
        for button in (self.named, self.revise, self.discard):
            told.addWidget(button)
        self.nothing.setContentsMargins(gap * 2, 0, 0, 0)
        self.pages.addWidget(self.items)
        self.pages.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(self.notice)
        column.addWidget(self.pages, 1)


def _button(words: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.clicked.connect(act)
    return button


def _words(template: Template) -> str:
    if not template.id:
        return f"{template.title}　未带入"
    return f"{template.title}　{template.used} 个任务在用" if template.used else template.title


def _facts(template: Template) -> str:
    said = template.locked or "还没有任务在用，可以直接改。"
    return f"{template.items} 项，★ 必查 {template.must} 项　{said}"
