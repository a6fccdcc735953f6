"""The menu of a list: order, grouping, view and columns."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from xuncha_desktop.model import Field, fields

if TYPE_CHECKING:
    from ui.tables.list_panel import ListPanel


def menu_button(panel: "ListPanel") -> QToolButton:
    """The button that opens the menu."""
    button = QToolButton()
    button.setText("显示 ▾")
    button.setProperty("kind", "chip")
    button.setAccessibleName("排序、分组和列")
    button.clicked.connect(lambda: list_menu(panel).popup(button.mapToGlobal(button.rect().bottomLeft())))
    return button


def list_menu(panel: "ListPanel") -> QMenu:
    """Order, grouping, view and columns of this list, as they are now."""
    menu = QMenu(panel)
    menu.aboutToHide.connect(menu.deleteLater)
    known = fields(panel.setup.entity)
    _choices(panel, menu.addMenu("排序"), "sort", [known[name] for name in panel.setup.sorts], "按登记先后")
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
    return menu


def _choices(panel: "ListPanel", menu: QMenu, key: str, options: list[Field], none: str) -> None:
    group = QActionGroup(menu)
    for name, label in [("", none), *((f.name, f"按{f.label}") for f in options)]:
        action = menu.addAction(label)
        _checkable(action, panel.state[key] == name)
        group.addAction(action)
        action.triggered.connect(lambda _=False, chosen=name: panel.set_state(**{key: chosen}))


def _columns(panel: "ListPanel", menu: QMenu) -> None:
    for described in fields(panel.setup.entity).values():
        action = menu.addAction(described.label)
        _checkable(action, described.name in panel.state["columns"])
        action.triggered.connect(lambda on, name=described.name: _toggle(panel, name, on))


def _toggle(panel: "ListPanel", name: str, on: bool) -> None:
    wanted = set(panel.state["columns"]) | {name} if on else set(panel.state["columns"]) - {name}
    columns = [known for known in fields(panel.setup.entity) if known in wanted]
    if columns:
        panel.set_state(columns=columns)


def _checkable(action: QAction, on: bool) -> None:
    action.setCheckable(True)
    action.setChecked(on)
