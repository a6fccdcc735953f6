"""The papers about an item as links, and a way to say that a paper which exists is about it, too."""

from functools import partial

from PySide6.QtWidgets import QPushButton

from ui.checklists.links import Links, Target
from ui.context import Context
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import Option, pick
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import checklist_links
from xuncha_desktop.services.checklists import Line

_NONE_LEFT = "没有可以对应的底稿：都已对应到这一事项，或已审签锁定；可以就这一事项写底稿。"


class PaperLinks(Links):
    """Shows one item at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__("对应底稿", "还没有底稿写到这一事项。")
        self._context = context
        self._item = ""
        self.name = QPushButton("对应已有底稿…")
        self.name.setProperty("kind", "link")
        OpeningKeys(self.name, self._offer)
        self.add_action(self.name)

    def show_line(self, line: Line) -> None:
        """Show the papers of an item."""
        self._item = line.item
        self.show_targets(tuple(Target("paper", paper, title) for paper, title in line.papers))

    def _offer(self, typed: str) -> None:
        found = checklist_links.nameable(self._context.store, self._context.inspection, self._item)
        if not found:
            self._context.told.emit(_NONE_LEFT)
            return
        options = [Option(paper, title) for paper, title in found]
        pick(self.name, options, (), partial(self._take, self._item), typed=typed)

    def _take(self, item: str, paper: str) -> None:
        try:
            checklist_links.name(self._context.store, item, paper)
        except UserError as error:
            self._context.told.emit(str(error))
