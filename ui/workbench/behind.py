"""From a number to what stands behind it: the list kept to exactly these records, or a list to pick from."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.forms.picker import Option, pick
from ui.workbench.words import left_words
from xuncha_desktop.services import records
from xuncha_desktop.services.figures import Figure

_PICKED = "check_result"  # the checklist cannot be kept to some items


def open_figure(context: Context, figure: Figure, words: str, widget: QWidget, rect: QRect) -> None:
    """Open what a number counts; `words` say so over the list, `rect` is where the number stands in its widget."""
    if not figure.count:
        return
    if figure.inspection:
        context.choose_inspection(figure.inspection)
    if figure.due:
        options = [
            Option(f"{each.entity} {each.record}", each.title, detail=f"{each.what} {left_words(each.left)}")
            for each in figure.due
        ]
    elif figure.entity == _PICKED:
        chosen = figure.records or ()
        titles = records.titles(context.store, figure.entity, chosen)
        options = [Option(f"{figure.entity} {record}", titles[record]) for record in chosen]
    else:
        context.open_list.emit(figure.entity, words, figure.records)
        return
    anchor = QWidget(widget)
    anchor.setGeometry(rect)
    picker = pick(anchor, options, (), lambda key: context.open_record.emit(*key.split(" ")))
    picker.destroyed.connect(anchor.deleteLater)
