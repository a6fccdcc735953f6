"""相近底稿: while a paper is written, those of like content stand above its form."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.forms.flow import FlowLayout
from ui.forms.opening_keys import MenuKeys
from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import merging, similar
from xuncha_desktop.services.similar import Alike, Comparison
from xuncha_desktop.store.journal import Changes

_PAUSE_MS = 1200  # after the last key
_SHOWN, _LONGEST = 3, 20  # papers, and characters of a title


class SimilarPapers(QFrame):
    """One line of papers to look at; each can be opened, taken into this one, or told apart from it."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.quiet_runner(self)  # its own: nobody waits for it, and no bar shows it
        self._comparison: tuple[str, Comparison] | None = None  # of an inspection, until a paper changes
        self._asked = ("", "")  # paper and text
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._compare)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "secondary")
        self._buttons: list[QToolButton] = []
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self._flow.setSpacing(style.metrics.gap)
        self._flow.addWidget(self.words)
        column = QVBoxLayout(self)
        gap = style.metrics.gap
        column.setContentsMargins(gap * 2, 0, gap * 2, gap)
        column.addWidget(holder)
        self.hide()
        context.bus.changed.connect(self._forget)
        context.ending.connect(self._soon.stop)

    def look(self, paper: str, values: Mapping[str, Any]) -> None:
        """Look soon for papers like this one as it stands in its form."""
        text = "\n".join(rich.plain(values.get(name) or "") for name in ("title", "overview", "verified_facts"))
        if paper != self._asked[0]:
            self._show([])
        if (paper, text) != self._asked:
            self._asked = (paper, text)
            self._soon.start()

    def clear(self) -> None:
        """A locked paper is compared with nothing any more."""
        self._asked = ("", "")
        self._soon.stop()
        self._show([])

    def shown(self) -> Sequence[QToolButton]:
        """The papers offered, as buttons with a menu each."""
        return [button for button in self._buttons if not button.isHidden()]

    def _compare(self) -> None:
        if self._runner.busy:
            self._soon.start()
            return
        inspection, (paper, text), kept = self._context.inspection, self._asked, self._comparison
        store = self._context.store

        def work(progress: Progress) -> tuple[Comparison, list[Alike]]:
            ready = kept[1] if kept and kept[0] == inspection else similar.compare(store, inspection)
            return ready, ready.like(text, paper)

        def done(found: tuple[Comparison, list[Alike]]) -> None:
            self._comparison = (inspection, found[0])
            if self._asked == (paper, text):
                self._show(found[1])

        self._runner.start("比对相近底稿", work, done, lambda error: None)

    def _show(self, found: Sequence[Alike]) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(alike) for alike in found[:_SHOWN]]
        for button in self._buttons:
            self._flow.addWidget(button)
        self.words.setText(f"有 {len(found)} 份内容相近的底稿：")
        self.setVisible(bool(found))

    def _button(self, alike: Alike) -> QToolButton:
        title = alike.title if len(alike.title) <= _LONGEST else f"{alike.title[:_LONGEST]}…"
        button = QToolButton()
        button.setProperty("kind", "chip")
        button.setText(title)
        button.setToolTip(f"{alike.number} {alike.title}")
        button.setAccessibleName(f"相近底稿 {alike.number} {alike.title}")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.addAction("打开", partial(self.opened.emit, alike.paper))
        menu.addAction("把它并入这一份", partial(self._merge, alike.paper))
        menu.addAction("不是同一问题", partial(self._tell_apart, alike.paper))
        button.setMenu(menu)
        MenuKeys(button, lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _merge(self, other: str) -> None:
        self._do(lambda: merging.merge(self._context.store, self._asked[0], other), "已合并，两份的编号和证据都在")

    def _tell_apart(self, other: str) -> None:
        pair = (self._asked[0], other)
        self._do(lambda: similar.tell_apart(self._context.store, pair), "已记为不是同一问题")

    def _do(self, act: Any, told: str) -> None:
        try:
            act()
        except UserError as error:
            self._context.told.emit(str(error))
            return
        self._context.undo_offered.emit(told)

    def _forget(self, news: Changes) -> None:
        if {"paper", "paper_pair"} & news.records.keys():
            self._comparison = None
            if self._asked[0]:
                self._soon.start()
