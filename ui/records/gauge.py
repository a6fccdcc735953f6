"""What a field record still lacks: the papers' gauge, for lists of gaps that grow and shrink with the contents."""

from collections.abc import Sequence

from ui.papers.gauge import Gauge
from xuncha_desktop.services.papers import Gap


class RecordGauge(Gauge):
    """A record is never handed in: its gauge says what is missing, not what for."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = 0

    def set_brief(self, brief: bool) -> None:
        """Leave out what is met, or show everything that is asked for now."""
        super().set_brief(brief)
        for button in self._buttons[self._shown :]:
            button.hide()

    def show_gaps(self, gaps: Sequence[Gap], *, handed_in: bool = False) -> None:
        """Show which are met."""
        self._shown = len(gaps)
        super().show_gaps(gaps, handed_in=handed_in)
        missing = sum(not gap.met and gap.blocking for gap in gaps)
        self.words.setText(f"还缺 {missing} 项" if missing else "必填内容已齐")
