"""An editor that takes files: dropped on it, pasted, or chosen with its buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from ui import style
from ui.forms.editor import Editor
from ui.forms.incoming import files_of
from xuncha_desktop.model import Field

_NO_FILES = "剪贴板里没有图片或文件，这里没有贴上什么；文字请贴到文字栏目里。"


class FilesEditor(Editor):
    """A zone that says what can be dropped there, with the buttons a subclass adds; files go out by `files_given`."""

    LONG = True
    files_wanted = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._locked = False
        self.setAcceptDrops(True)
        self.zone = QFrame()
        self.zone.setObjectName("dropzone")
        self._zone_row = QHBoxLayout(self.zone)
        hint = QLabel("把照片、扫描件、PDF 拖到这里，或粘贴（Ctrl+V）")
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        self._zone_row.addWidget(hint, 1)
        self.add_files = self.add_button("添加文件…", "paperclip")
        self.add_files.clicked.connect(self.files_wanted)

    def focus_widget(self) -> QWidget:
        """The button; no focus proxy, to which Tab would jump over the lines before it."""
        return self.add_files

    def add_button(self, text: str, icon: str) -> QToolButton:
        """Put a button at the right of the zone."""
        button = QToolButton()
        button.setText(text)
        button.setProperty("kind", "chip")
        button.setAccessibleName(f"{self.field.label}：{text.removesuffix('…')}")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        style.set_icon(button, icon, "accent")
        self._zone_row.addWidget(button)
        return button

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls() and not self._locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        if files := files_of(event.mimeData()):
            self.files_given.emit(files)
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes files and pictures of the clipboard."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._locked:
            if files := files_of(QApplication.clipboard().mimeData()):
                self.files_given.emit(files)
            else:
                self.cleaned.emit(_NO_FILES)
        else:
            super().keyPressEvent(event)
