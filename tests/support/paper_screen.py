"""The screen of papers as tests use it: in front with every field made, and asked what the case has of its paper."""

from typing import Any

from pytestqt.qtbot import QtBot

from tests.support.screens import shown
from ui.context import Context
from ui.screens.papers import PapersScreen
from xuncha_desktop.services import records


def made(context: Context, qtbot: QtBot) -> PapersScreen:
    """The screen, shown."""
    screen = PapersScreen(context)
    screen.editor.form.finish()
    return shown(screen, qtbot)


def values(screen: PapersScreen) -> dict[str, Any]:
    """The paper shown, as the case has it."""
    return records.load(screen.context.store, "paper", screen.editor.form.record).values
