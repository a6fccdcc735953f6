"""What a field record still lacks: the papers' gauge in other words."""

from collections.abc import Sequence

from ui.papers.gauge import Gauge
from xuncha_desktop.services.papers import Gap


class RecordGauge(Gauge):
    """A record is never handed in: its gauge says what is missing, not what for."""

    def show_gaps(self, gaps: Sequence[Gap], *, handed_in: bool = False) -> None:
        """Show which are met."""
        super().show_gaps(gaps, handed_in=handed_in)
        missing = sum(not gap.met and gap.blocking for gap in gaps)
        self.words.setText(f"还缺 {missing} 项" if missing else "必填内容已齐")
