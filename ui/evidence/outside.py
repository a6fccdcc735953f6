"""用其他程序打开: a plain copy for another program, and the line that reminds of it as long as it lies there."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from ui import desktop, style
from ui.context import Context
from xuncha_desktop.services import opened_outside


class Outside(QWidget):
    """Seen while plain copies exist; they go when the case is locked or closed, and before the first is made."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.clear = QToolButton()
        self.clear.setText("现在清除")
        self.clear.setProperty("kind", "quiet")
        self.clear.clicked.connect(self._clear)
        line = QHBoxLayout(self)
        line.setContentsMargins(style.metrics.gap * 2, style.metrics.gap // 2, style.metrics.gap, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignTop)
        context.ending.connect(opened_outside.wipe)
        opened_outside.wipe()  # what a crash left behind
        self.hide()

    def open(self, evidence: str) -> None:
        """Put a copy out and hand it to the program of its kind."""
        store = self._context.store
        self._context.jobs.start(
            "取出副本", lambda progress: opened_outside.put(store, evidence, progress), self._opened
        )

    def _opened(self, copy: Path) -> None:
        if desktop.open_path(copy):
            self._context.told.emit("已交给其他程序打开；打开的是明文副本，只供查看，改动不会回到案卷。")
        else:
            opened_outside.remove(copy)
            self._context.told.emit(f"电脑上没有能打开“{copy.name}”的程序；请安装相应的程序，或另存到别处查看。")
        self._say()

    def _clear(self) -> None:
        if left := opened_outside.wipe():
            self._context.told.emit(f"还有 {left} 份副本正被其他程序使用，未能清除；请关闭那些程序后再清除。")
        self._say()

    def _say(self) -> None:
        count = opened_outside.count()
        self.words.setText(f"有 {count} 份明文副本正供其他程序查看；锁定或关闭案卷时清除，请先关闭那些程序。")
        self.setVisible(count > 0)
