"""相近底稿 of an inspection as a list: pairs to look at, to merge or to tell apart."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.context import Context
from ui.forms.elided_button import ElidedButton
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import merging, similar
from xuncha_desktop.services.similar import Alike, Pair

_MOST = 50


class SimilarPairs(QWidget):
    """Fills the place of the editor; each decision takes its pair out of the list."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._pairs: list[Pair] = []
        self.words = _plain("secondary")
        self.words.setWordWrap(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(style.metrics.wide_gap)
        self._build()

    def begin(self) -> None:
        """Compare all papers of the inspection beside the window."""
        store, inspection = self._context.store, self._context.inspection
        self._show([])
        self.words.setText("正在比对底稿…")

        def work(progress: Progress) -> list[Pair]:
            return similar.compare(store, inspection).pairs(progress)

        self._context.jobs.start("比对相近底稿", work, self._show, lambda error: self.words.setText(str(error)))

    def pairs(self) -> Sequence[Pair]:
        """The pairs still to be decided on."""
        return self._pairs

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show(self, found: list[Pair]) -> None:
        inside = self.isAncestorOf(QApplication.focusWidget() or self)
        self._pairs = found
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for pair in found[:_MOST]:
            self._list.addWidget(self._card(pair))
        self._scroll.setVisible(bool(found))
        more = f"，先列出最相近的 {_MOST} 对" if len(found) > _MOST else ""
        none = "没有内容相近的底稿。写底稿时如果有，也会提示在表单上方。"
        self.words.setText(f"有 {len(found)} 对底稿内容相近{more}。" if found else none)
        if inside:  # the button just pressed went with its pair
            first = self._list.itemAt(0)
            self._focus_on(first.widget() if first else None)

    def _focus_on(self, card: QWidget | None) -> None:
        paper = card.findChild(ElidedButton) if card else None
        if paper is not None:
            paper.show()  # at once: what is not yet seen cannot be given the focus
        (paper or self).setFocus()

    def _card(self, pair: Pair) -> QFrame:
        card = QFrame()
        card.setObjectName("keys")
        column = QVBoxLayout(card)
        column.addWidget(_line(f"相近程度 {round(pair.first.score * 100)}%"))
        for alike in (pair.first, pair.second):
            column.addWidget(self._paper(alike))
        buttons = QHBoxLayout()
        buttons.setSpacing(style.metrics.gap)
        first, second = pair.first, pair.second
        merge = partial(self._decide, pair, lambda: merging.merge(self._context.store, first.paper, second.paper))
        apart = partial(
            self._decide, pair, lambda: similar.tell_apart(self._context.store, (first.paper, second.paper))
        )
        buttons.addWidget(_button("合并，保留前一份", partial(merge, "已合并，两份的编号和证据都在")))
        buttons.addWidget(_button("不是同一问题", partial(apart, "已记为不是同一问题")))
        buttons.addStretch(1)
        column.addLayout(buttons)
        return card

    def _paper(self, alike: Alike) -> ElidedButton:
        button = ElidedButton()
        button.setProperty("kind", "link")
        button.show_text(f"{alike.number}　{alike.title}")
        button.setAccessibleName(f"打开底稿 {alike.title}")
        button.clicked.connect(partial(self.opened.emit, alike.paper))
        return button

    def _decide(self, pair: Pair, act: Callable[[], None], told: str) -> None:
        try:
            act()
        except UserError as error:
            self._context.told.emit(str(error))
            return
        gone = {pair.second.paper} if told.startswith("已合并") else set()
        self._show([p for p in self._pairs if p != pair and not gone & {p.first.paper, p.second.paper}])
        self._context.undo_offered.emit(told)

    def _build(self) -> None:
        gap = style.metrics.wide_gap
        head = QHBoxLayout()
        title = _plain("section")
        title.setText("内容相近的底稿")
        head.addWidget(title, 1)
        back = _button("返回", self.left.emit)
        back.setToolTip("返回　Esc")
        self.setFocusProxy(back)
        head.addWidget(back)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(gap, gap, gap, gap)
        outer.setSpacing(style.metrics.gap)
        outer.addLayout(head)
        outer.addWidget(self.words)
        outer.addWidget(scroll, 1)


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def _line(words: str) -> QLabel:
    label = _plain("secondary")
    label.setText(words)
    return label


def _button(words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(words)
    button.clicked.connect(lambda: act())
    return button
