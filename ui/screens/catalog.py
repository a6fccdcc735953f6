"""The screens in the order of the navigation, known before their code is loaded.

A new screen is one file and one line here: `visits` is the class `VisitsScreen` of `ui/screens/visits.py`.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever only asks for names and keys loads no screen
    from ui.screen import Screen

_FIELD = "现场记录"


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen as the navigation shows it."""

    name: str
    title: str
    icon: str
    key: str = ""  # none: Alt and its place among those without one
    group: str = ""  # the word it stands under

    @property
    def screen(self) -> "type[Screen]":
        """The class itself; loads its code when first asked for, some ten milliseconds."""
        called = "".join(word.capitalize() for word in self.name.split("_"))
        return getattr(import_module(f"ui.screens.{self.name}"), f"{called}Screen")


SCREENS = (
    Entry("workbench", "工作台", "workbench"),
    Entry("tasks", "任务", "tasks"),
    Entry("checklist", "清单", "checklist"),
    Entry("papers", "底稿", "paper"),
    Entry("interviews", "谈话", "interviews", "Ctrl+1", _FIELD),
    Entry("borrowings", "调阅", "borrowings", "Ctrl+2", _FIELD),
    Entry("petitions", "信访", "petitions", "Ctrl+3", _FIELD),
    Entry("visits", "走访", "visits", "Ctrl+4", _FIELD),
    Entry("polls", "测评", "polls", "Ctrl+5", _FIELD),
    Entry("vouchers", "抽凭", "vouchers", "Ctrl+6", _FIELD),
    Entry("quick_fixes", "立行立改", "quick_fixes", "Ctrl+7", _FIELD),
    Entry("fact_checks", "事实确认", "fact_checks", "Ctrl+8", _FIELD),
    Entry("meetings", "组务会", "meetings", "Ctrl+9", _FIELD),
    Entry("evidence", "证据", "evidence"),
    Entry("report", "报告", "report"),
    Entry("imports", "导入", "import", "Alt+8"),
    Entry("settings", "模板与设置", "settings"),
)


def title_of(name: str) -> str:
    """What a screen is called."""
    return next(entry.title for entry in SCREENS if entry.name == name)
