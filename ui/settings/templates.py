"""模板: which Word and Excel templates documents are made from, and where they lie."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from ui.context import Context
from ui.desktop import open_path
from ui.settings.page import ColumnPage
from ui.settings.plain_table import PlainTable
from xuncha_desktop import paths
from xuncha_desktop.exports import ledger, paper, report, templates


class TemplatesPage(ColumnPage):
    """One line a document."""

    TITLE = "模板"

    def __init__(self, context: Context) -> None:
        super().__init__(
            context, "文书和台账按下列模板生成。自备文件夹里有同名的模板时，优先用它；删去后又用程序自带的。"
        )
        self.table = PlainTable("模板", ("文书", "模板文件", "来源"))
        self.shipped = QPushButton("打开自带模板的文件夹")
        self.own = QPushButton("打开自备模板的文件夹")
        self.column.addWidget(self.table)
        self.add_row(self.own, self.shipped)
        self.column.addStretch(1)
        self.own.clicked.connect(self._open_own)
        self.shipped.clicked.connect(self._open_shipped)

    def refresh(self) -> None:
        """Look again: a template may have been put there meanwhile."""
        self.table.show_rows([(title, file.name, self._origin(file)) for title, file in self._files()])

    def _files(self) -> list[tuple[str, Path]]:
        return [
            (report.TITLE, templates.word_template(report.TEMPLATE)),
            (paper.TITLE, templates.word_template(paper.TEMPLATE)),
            (ledger.TITLE, templates.ledger_template(ledger.TEMPLATE)),
        ]

    def _origin(self, file: Path) -> str:
        return "自备" if file.parent == _own_folder() else "程序自带"

    def _open_own(self) -> None:
        folder = _own_folder()
        folder.mkdir(exist_ok=True)
        open_path(folder)

    def _open_shipped(self) -> None:
        chosen = {index.row() for index in self.table.selectedIndexes()}
        _, file = self._files()[min(chosen, default=0)]
        origin = file.parent
        if origin == _own_folder():
            self.notice.say("info", "选中的模板是自备的。", "打开自备模板的文件夹", self._open_own)
            return
        open_path(origin)


def _own_folder() -> Path:
    return paths.settings_folder() / templates.OWN
