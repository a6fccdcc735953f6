"""A field of a start page: label above, control, and under it help or what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import style


class Field(QWidget):
    """One labelled control; a dot marks what must be filled in, and `lines` keeps room for a longer sentence."""

    def __init__(
        self, label: str, control: QWidget, hint: str = "", *, required: bool = False, wide: bool = True, lines: int = 1
    ) -> None:
        super().__init__()
        self.control = control
        self._hint = hint
        self._label = QLabel(label)
        self._label.setBuddy(control)
        control.setAccessibleName(f"{label}（必填）" if required else label)
        head = QHBoxLayout()
        head.setSpacing(style.metrics.grid)
        head.addWidget(self._label)
        if required:
            dot = QLabel("•")
            dot.setProperty("role", "required")
            dot.setToolTip("必填")
            head.addWidget(dot)
        head.addStretch()
        self._line = QLabel()
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignTop)
        style.sized(self._line, lambda line: line.setMinimumHeight(_height_of(lines)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.grid)
        column.addLayout(head)
        column.addWidget(control, 0, Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._line)
        column.addStretch()
        self._set(hint, "hint", wrong=False)

    @property
    def sentence(self) -> str:
        """What stands under the control."""
        return self._line.text()

    @property
    def wrong(self) -> bool:
        """Whether an error is shown."""
        return bool(self.control.property("invalid"))

    def say_error(self, sentence: str) -> None:
        """Say what is wrong, until it is cleared."""
        self._say(sentence, "error", wrong=True)

    def say_hint(self, sentence: str, role: str = "hint") -> None:
        """Say something helpful; an error shown before is gone."""
        self._say(sentence, role, wrong=False)

    def clear(self) -> None:
        """Show the help again."""
        self.say_hint(self._hint)

    def _say(self, sentence: str, role: str, *, wrong: bool) -> None:
        self._set(sentence, role, wrong=wrong)
        for widget in (self._line, self.control):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _set(self, sentence: str, role: str, *, wrong: bool) -> None:
        self._line.setText(sentence)
        self._line.setVisible(bool(sentence))
        self._line.setProperty("role", "secondary" if role == "hint" else role)
        self._line.setProperty("small", True)
        self.control.setProperty("invalid", wrong)


def _height_of(lines: int) -> int:
    # Measured as a label does it: Chinese may come from another face, with higher lines.
    words = "\n".join("字" * lines)
    return QFontMetrics(style.font("secondary")).size(0, words).height()
