"""What is said in place about an export: the check sheet before it, the file or the failure after it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.start.notice import Act, Notice
from ui.tables.rows import dress_heads
from xuncha_desktop.exports.check_sheet import CheckSheet, Finding

_FINDING = Qt.ItemDataRole.UserRole
_MOST_HEIGHT = 232  # of the list, so that the report below stays in sight


class ExportPanel(QWidget):
    """Hidden until there is something to decide or to say."""

    export_asked = Signal(bool)  # as a draft
    finding_asked = Signal(object)  # Finding

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = Notice()
        self.sheet = _SheetFrame()
        self.close_notice = QToolButton()
        self.close_notice.setToolTip("收起")
        self.close_notice.setAccessibleName("收起")
        style.set_icon(self.close_notice, "close", "secondary")
        self.close_notice.clicked.connect(self.clear)
        self.close_notice.hide()
        self.sheet.export_asked.connect(self.export_asked)
        self.sheet.finding_asked.connect(self.finding_asked)
        self.sheet.left.connect(self.clear)
        column = QVBoxLayout(self)
        gap = style.metrics.gap
        column.setContentsMargins(gap * 2, 0, gap * 2, gap)
        column.addWidget(self.sheet)
        said = QHBoxLayout()
        said.setSpacing(gap)
        said.addWidget(self.notice, 1)
        said.addWidget(self.close_notice, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(said)
        self.hide()

    def show_sheet(self, called: str, sheet: CheckSheet, draft: bool, note: str = "") -> None:
        """Show what was found before the document `called` so goes out; `note` is on this computer, not the case."""
        self.notice.clear()
        self.close_notice.hide()
        self.sheet.show_findings(called, sheet, draft, note)
        self.show()

    def renew_sheet(self, called: str, sheet: CheckSheet, note: str = "") -> None:
        """The same sheet with what is found now; the keyboard stays where it is."""
        self.sheet.renew_findings(called, sheet, note)

    @property
    def waits(self) -> bool:
        """Whether a check sheet waits for an answer."""
        return self.sheet.isVisibleTo(self)

    def say(self, kind: str, sentence: str, verb: str = "", act: Act | None = None, *more: tuple[str, Act]) -> None:
        """Say what became of the export, and what can be done with it; gone when the screen is left."""
        self.sheet.hide()
        self.notice.say(kind, sentence, verb, act, *more)
        self.close_notice.show()
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was said is old when the person comes back; a check sheet still waits for an answer."""
        super().hideEvent(event)
        if not event.spontaneous() and self.close_notice.isVisibleTo(self):
            self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self.sheet.hide()
        self.notice.clear()
        self.close_notice.hide()
        self.hide()


class _SheetFrame(QFrame):
    """核对单: findings that refuse a final export first, then those worth knowing."""

    export_asked = Signal(bool)
    finding_asked = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keys")
        self.heading = _label("strong")
        self.summary = _label("secondary")
        self.summary.setWordWrap(True)
        self.go = QPushButton()
        self.go.setProperty("kind", "primary")
        self.as_draft = QPushButton("改为导出草稿")
        self.leave = QPushButton("先不导出")
        self.list = _FindingList()
        self._build()
        self.list.finding_asked.connect(self.finding_asked)
        self.go.clicked.connect(lambda: self.export_asked.emit(self._draft))
        self.as_draft.clicked.connect(lambda: self.export_asked.emit(True))
        self.leave.clicked.connect(self.left)
        self._draft = True
        self.hide()

    def show_findings(self, called: str, sheet: CheckSheet, draft: bool, note: str) -> None:
        """Fill the sheet and put the focus where the next key press is most likely meant for."""
        self._draft = draft
        self.renew_findings(called, sheet, note)
        self.show()
        if self.go.isHidden():
            self.list.setFocus()
        else:
            self.go.setFocus()

    def renew_findings(self, called: str, sheet: CheckSheet, note: str) -> None:
        """Fill the sheet."""
        draft = self._draft
        refused = bool(sheet.stops) and not draft
        self.heading.setText(f"导出前核对：{called}（{'草稿' if draft else '正式'}）")
        self.summary.setText(_summary(sheet, draft) + note)
        self.go.setText("仍然导出草稿" if draft and sheet.stops else "导出草稿" if draft else "导出正式稿")
        self.go.setVisible(not refused)
        self.as_draft.setVisible(refused)
        self.list.show_findings(sheet.findings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the sheet."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        gap = style.metrics.gap
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.summary)
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addLayout(words, 1)
        for button in (self.leave, self.as_draft, self.go):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap * 2, gap, gap, gap)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addWidget(self.list)


class _FindingList(QListWidget):
    """One finding a line; Enter or a click goes to where it can be mended."""

    finding_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("核对结果")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        self.itemClicked.connect(self._ask)
        style.sized(self, dress_heads)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show them, the ones that refuse a final export first; the line stood on stays as near as it can."""
        line = self.currentRow()
        self.clear()
        for title, stops in (("必须补齐，否则不能正式导出", True), ("供了解，不影响导出", False)):
            chosen = [finding for finding in findings if finding.stops is stops]
            if chosen:
                self._add_heading(f"{title}　{len(chosen)}")
            for finding in chosen:
                self._add(finding)
        if line >= 0:
            self.setCurrentRow(min(line, self.count() - 1))
        # The height needs the width, and that is known once the layout has run.
        QTimer.singleShot(0, self, self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps otherwise."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self._fit)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by key stands on the first finding."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (item := self.currentItem()):
            self._ask(item)
        else:
            super().keyPressEvent(event)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(style.font("secondary"))
        item.setForeground(style.color("secondary"))
        self.addItem(item)

    def _add(self, finding: Finding) -> None:
        mark = "■" if finding.stops else "○"
        where = "　去处理 ›" if finding.entity else ""
        item = QListWidgetItem(f"{mark} {finding.text}{where}")
        item.setData(_FINDING, finding)
        item.setForeground(style.color("error" if finding.stops else "text"))
        self.addItem(item)

    def _ask(self, item: QListWidgetItem) -> None:
        finding = item.data(_FINDING)
        if finding is not None and finding.entity:
            self.finding_asked.emit(finding)

    def _fit(self) -> None:
        wanted = sum(self.sizeHintForRow(row) for row in range(self.count())) + 2 * self.frameWidth()
        self.setFixedHeight(min(wanted, style.metrics.scaled(_MOST_HEIGHT)))


def _summary(sheet: CheckSheet, draft: bool) -> str:
    left_out = "，".join(finding.text for finding in sheet.findings if finding.kind == "unapproved")
    written = sheet.title if sheet.papers is None else f"写入 {sheet.papers} 份底稿"
    goes_in = written + (f"（{left_out}）" if left_out else "")
    if not sheet.stops:
        return f"{goes_in}；没有妨碍正式导出的问题。"
    if draft:
        return f"{goes_in}；{len(sheet.stops)} 处必须补齐，草稿里标为【待补】。"
    return f"{goes_in}；{len(sheet.stops)} 处必须补齐，补齐后才能正式导出。"


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
