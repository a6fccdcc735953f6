"""A searchable popup list: type words or pinyin initials, arrows, Enter; one or several, or one made on the spot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.tables.wrapping import wrap_lines
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.sort_keys import initials
from xuncha_desktop.text import search_key

_KEY = Qt.ItemDataRole.UserRole
_NEW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be picked."""

    key: str
    text: str
    group: str = ""  # a line above the first option of each group
    detail: str = ""  # searched, and shown as a tooltip


@dataclass(frozen=True, slots=True)
class NewOption:
    """What may be made when it is not in the list yet, from the text being looked for."""

    words: str  # "新增成员"
    hint: str  # what the search line says while it is empty
    make: Callable[[str], str]  # the key of what was made; UserError where it cannot be


class Picker(QFrame):
    """The popup. `picked` gives the key; with `several` it stays open and toggles, until somebody new is made."""

    picked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        options: Sequence[Option],
        chosen: Sequence[str] = (),
        *,
        several: bool = False,
        new: NewOption | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self._anchor = parent
        self._options = list(options)
        self._keys: list[str] = []  # of the options, made when something is looked for
        self._new = new
        self._chosen = set(chosen)
        self._several = several
        self.search = QLineEdit()
        self.search.setPlaceholderText(new.hint if new else "输入文字或拼音首字母查找")
        self.search.setAccessibleName("查找")
        self.list = QListWidget()
        self.list.setAccessibleName("可选的项")
        self.list.setUniformItemSizes(False)
        wrap_lines(self.list)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("role", "secondary")
        self.said.setWordWrap(True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        for widget in (self.search, self.list, self.said):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._take)
        self._fill("")

    def open_below(self, anchor: QWidget, width: int = 420, height: int = 360) -> None:
        """Show under a widget, inside its screen."""
        self.resize(QSize(max(width, anchor.width()), height))
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        room = anchor.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        y = corner.y() if corner.y() + height <= room.bottom() else anchor.mapToGlobal(QPoint(0, 0)).y() - height - 2
        self.move(x, max(room.top(), y))
        self.show()
        self.search.setFocus()

    def open_over(self, window: QWidget, width: int = 560, height: int = 420) -> None:
        """Show in the upper middle of a window."""
        self.resize(min(width, window.width() - 32), min(height, window.height() - 64))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 48)))
        self.show()
        self.search.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click elsewhere closes the list and does what it was meant for; not every window system hands it on."""
        if self.rect().contains(event.position().toPoint()):
            super().mousePressEvent(event)
            return
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self.close()
        place, held = event.globalPosition(), event.modifiers()
        window = self._anchor.window()
        target = window.childAt(window.mapFromGlobal(place.toPoint()))
        if target is not None and target is not self._anchor:  # which would only open it again
            QTimer.singleShot(0, target, lambda: _click(target, place, held))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the search line act on the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                self._move(1 if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (item := self.list.currentItem()):
                self._take(item)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        words = search_key(text).split()
        if words:
            self._keys += map(_searched, self._options[len(self._keys) :])
        self.list.clear()
        group = ""
        for place, option in enumerate(self._options):
            if not all(word in self._keys[place] for word in words):
                continue
            if option.group and option.group != group:
                group = option.group
                self._add_group(group)
            item = QListWidgetItem(option.text)
            item.setData(_KEY, option.key)
            if option.detail:
                item.setToolTip(option.detail)
            if self._several:
                item.setCheckState(Qt.CheckState.Checked if option.key in self._chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if option.key in self._chosen and not self._several:
                self.list.setCurrentItem(item)
        if self._new and self._may_be_new(text):
            self._add_new(f"{self._new.words}“{text.strip()}”")
        if self.list.currentRow() < 0:
            self._move(1)
        self.list.setVisible(bool(self.list.count()))
        self._say("" if self.list.count() else "没有符合的项" if self._options else "还没有可选的项")

    def _may_be_new(self, text: str) -> bool:
        """Letters alone are pinyin, most likely mistyped: nobody is called so."""
        wanted = search_key(text.strip())
        return not wanted.isascii() and all(search_key(option.text) != wanted for option in self._options)

    def _add_new(self, words: str) -> None:
        item = QListWidgetItem(style.icon("plus", "accent"), words)
        item.setData(_NEW, True)
        item.setForeground(style.color("accent"))
        self.list.addItem(item)

    def _make(self, new: NewOption, text: str) -> str | None:
        """The key of what was made from the text, now one of the options; None where it was refused."""
        try:
            key = new.make(text)
        except UserError as error:
            self._say(str(error))
            return None
        self._options.append(Option(key, text))
        return key

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _add_group(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(style.color("secondary"))
        item.setFont(style.font("secondary"))
        self.list.addItem(item)

    def _move(self, step: int) -> None:
        row = self.list.currentRow() + step
        while 0 <= row < self.list.count():
            if self.list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(row)
                return
            row += step

    def _take(self, item: QListWidgetItem) -> None:
        made = self._new is not None and bool(item.data(_NEW))
        key = self._make(self._new, self.search.text().strip()) if self._new and made else item.data(_KEY)
        if key is None:
            return
        if self._several and not made:
            self._chosen ^= {key}
            item.setCheckState(Qt.CheckState.Checked if key in self._chosen else Qt.CheckState.Unchecked)
        else:
            self.close()
        self.picked.emit(key)


def _click(target: QWidget, place: QPointF, held: Qt.KeyboardModifier) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    if target.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        target.setFocus(Qt.FocusReason.MouseFocusReason)
    for kind, down in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
        QApplication.sendEvent(target, QMouseEvent(kind, target.mapFromGlobal(place), place, left, down, held))


def pick(
    anchor: QWidget,
    options: Sequence[Option],
    chosen: Sequence[str],
    taken: Callable[[str], None],
    *,
    several: bool = False,
    new: NewOption | None = None,
    typed: str = "",
) -> Picker:
    """Open a picker under `anchor`, `typed` in its search line; `taken` gets each key that is picked."""
    picker = Picker(anchor, options, chosen, several=several, new=new)
    picker.picked.connect(taken)
    picker.open_below(anchor)
    picker.search.insert(typed)
    return picker


def _searched(option: Option) -> str:
    return search_key(f"{option.text} {option.detail} {initials(option.text)}")
