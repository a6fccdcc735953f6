"""The menu of a list: order, grouping, view and columns."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from ui.forms.opening_keys import MenuKeys
from ui.imports.opening import open_import
from xuncha_desktop.model import Field

if TYPE_CHECKING:
    from ui.tables.arranged import Arranged


def menu_button(panel: "Arranged") -> QToolButton:
    """The button that opens the menu."""
    button = QToolButton()
    button.setText("显示 ▾")
    button.setProperty("kind", "chip")
    button.setAccessibleName("排序、分组和列")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open_menu() -> None:
        list_menu(panel).popup(button.mapToGlobal(button.rect().bottomLeft()))

    button.clicked.connect(open_menu)
    MenuKeys(button, open_menu)
    return button


def list_menu(panel: "Arranged") -> QMenu:
    """Order, grouping, view and columns of this list, as they are now."""
    menu = QMenu(panel)
    menu.aboutToHide.connect(menu.deleteLater)
    known = panel.setup.known
    _choices(panel, menu.addMenu("排序"), "sort", [known[name] for name in panel.setup.sorts], panel.setup.unsorted)
    down = menu.addAction("倒序")
    _checkable(down, bool(panel.state["descending"]))
    down.triggered.connect(lambda on: panel.set_state(descending=on))
    if panel.setup.groups:
        _choices(panel, menu.addMenu("分组"), "group", [known[name] for name in panel.setup.groups], "不分组")
    if panel.reading is not None:
        menu.addSeparator()
        table = menu.addAction("按列显示")
        _checkable(table, bool(panel.state["table"]))
        table.triggered.connect(lambda on: panel.set_state(table=on))
    _columns(panel, menu.addMenu("显示哪些列"))
    if panel.setup.imports:
        menu.addSeparator()
        menu.addAction("导入…").triggered.connect(lambda: open_import(panel.context, panel.setup.imports))
    return menu


def _choices(panel: "Arranged", menu: QMenu, key: str, options: list[Field], none: str) -> None:
    group = QActionGroup(menu)
    for name, label in [("", none), *((f.name, f"按{f.label}") for f in options)]:
        action = menu.addAction(label)
        _checkable(action, panel.state[key] == name)
        group.addAction(action)
        action.triggered.connect(lambda _=False, chosen=name: panel.set_state(**{key: chosen}))


def _columns(panel: "Arranged", menu: QMenu) -> None:
    for described in panel.setup.known.values():
        action = menu.addAction(described.label)
        _checkable(action, described.name in panel.state["columns"])
        action.triggered.connect(lambda on, name=described.name: _toggle(panel, name, on))
    menu.addSeparator()
    back = menu.addAction("恢复原来的列和列宽")
    back.triggered.connect(lambda: panel.set_state(columns=list(panel.setup.columns), widths={}))


def _toggle(panel: "Arranged", name: str, on: bool) -> None:
    columns = [column for column in panel.state["columns"] if column != name]
    if on:
        before = list(panel.setup.known)
        before = before[: before.index(name)]
        # After the last of those that come before it: the columns may stand in an order of the person's own.
        columns.insert(max((place for place, column in enumerate(columns, 1) if column in before), default=0), name)
    if columns:
        panel.set_state(columns=columns)


def _checkable(action: QAction, on: bool) -> None:
    action.setCheckable(True)
    action.setChecked(on)
