"""What the template doctor says, one block a finding: where, what is wrong, what to do."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import style
from ui.settings.page import label

_MOST_SHOWN = 60


class FindingList(QFrame):
    """Blocks of a strong line and a plain one under it; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("检查结果")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(style.metrics.gap)
        self.lines: list[tuple[str, str]] = []
        self.hide()

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these blocks instead of those before."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.lines = list(lines)
        for number, (place, words) in enumerate(self.lines[:_MOST_SHOWN], 1):
            self._column.addWidget(self._block(f"{number}. {place}", words))
        if len(self.lines) > _MOST_SHOWN:
            self._column.addWidget(
                label(f"另有 {len(self.lines) - _MOST_SHOWN} 处，改好上面的以后再检查一次。", "secondary")
            )
        self.setVisible(bool(self.lines))

    def _block(self, place: str, words: str) -> QWidget:
        block = QWidget(self)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(place, "strong"))
        column.addWidget(label(words, "secondary"))
        return block
