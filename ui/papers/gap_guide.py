"""A refusal that cannot be missed: said under the buttons, lit in the gauge, and a key that leads from gap to gap."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.forms.next_gap import KEY, to_gap, to_next_gap
from ui.forms.record_form import RecordForm
from ui.papers.gauge import Gauge
from ui.papers.head import PaperHead
from xuncha_desktop.services.papers import Gap


class GapGuide(QObject):
    """Stands until the last gap is filled, or another paper is shown."""

    def __init__(
        self, form: RecordForm, head: PaperHead, gauge: Gauge, blocking: Callable[[], Sequence[Gap]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._form, self._head, self._gauge, self._blocking = form, head, gauge, blocking
        self._leading = False
        QShortcut(QKeySequence(KEY), parent).activated.connect(self.go_on)
        head.next_asked.connect(self.go_on)

    def refuse(self, sentence: str) -> None:
        """Something was refused; the keyboard goes to what can be mended."""
        if unsaved := self._form.unsaved:
            self._head.refuse(sentence, gaps=False)
            self._form.focus(unsaved[0])
        elif self._blocking():
            self._leading = True
            self.follow()
            to_gap(self._form, self._lacking())
        else:
            self._head.refuse(sentence, gaps=False)

    def follow(self) -> None:
        """Keep the refusal true while the gaps are filled; the last one takes it away."""
        found = self._blocking() if self._leading else ()
        if found:
            words = "、".join(gap.label for gap in found)
            self._head.refuse(f"还缺 {len(found)} 项：{words}", gaps=True)
            self._gauge.light_up(True)
        elif self._leading:
            self.forget()

    def forget(self) -> None:
        """Nothing is refused any more."""
        self._leading = False
        self._head.forget_refusal()
        self._gauge.light_up(False)

    def go_on(self) -> None:
        """To the next field that lacks something after the one with the cursor, in the order of the form."""
        to_next_gap(self._form, self._lacking())

    def _lacking(self) -> set[str]:
        return {gap.field for gap in self._blocking()}
