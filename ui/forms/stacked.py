"""Several record forms and other widgets one below the other, scrolled as one page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.forms.form_layout import FormScroll
from ui.forms.record_form import RecordForm

_FITTING = (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange)


class StackedForms(FormScroll):
    """The forms stand at full height; only the page scrolls, and it follows the focus into every field."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._inner: dict[QObject, RecordForm] = {}
        page = QWidget()
        page.setObjectName("form")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part)
            if isinstance(part, RecordForm):
                self._unroll(part)
        column.addStretch(1)
        self.setWidget(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a form the height its fields ask for, whenever they ask anew."""
        form = self._inner.get(watched)
        if form is not None and event.type() in _FITTING:
            self._fit(form, watched)
        return super().eventFilter(watched, event)

    def _unroll(self, form: RecordForm) -> None:
        form.finish()
        scroll = form.findChild(FormScroll)
        fields = scroll.widget() if scroll is not None else None
        assert scroll is not None and fields is not None
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner[fields] = form
        fields.installEventFilter(self)
        for box in form.boxes.values():
            self.watch(box)
        self._fit(form, fields)

    def _fit(self, form: RecordForm, fields: QObject) -> None:
        assert isinstance(fields, QWidget)
        layout = fields.layout()
        assert layout is not None
        wanted = layout.totalHeightForWidth(fields.width()) if layout.hasHeightForWidth() else 0
        height = max(wanted, layout.totalMinimumSize().height())
        if form.minimumHeight() != height:
            form.setFixedHeight(height)
