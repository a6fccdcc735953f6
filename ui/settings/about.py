"""关于: the version, for whoever is asked to help, and the software this program stands on."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from ui.context import Context
from ui.settings.page import ColumnPage, label
from ui.settings.plain_table import PlainTable
from xuncha_desktop import __version__

LICENCES = (
    ("Qt、PySide6", "LGPL-3.0", "窗口界面"),
    ("docxtpl", "LGPL-2.1", "Word 模板"),
    ("python-docx、openpyxl", "MIT", "Word、Excel 读写"),
    ("SQLCipher、SQLAlchemy", "BSD、MIT", "加密数据库"),
    ("cryptography", "Apache-2.0 / BSD", "加密"),
    ("pypdfium2（PDFium）", "Apache-2.0 / BSD", "PDF 页面"),
    ("Pillow", "MIT-CMU", "图片"),
    ("Lucide", "ISC", "图标"),
)


class AboutPage(ColumnPage):
    """Nothing to set here."""

    TITLE = "关于"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.column.addWidget(label(f"巡察桌面　{__version__}", "strong"))
        self.column.addWidget(
            label("单机使用，不联网。案卷、证据和备份都在本机加密存放，程序不向任何地方发送内容。", "lead")
        )
        self.copy = QPushButton("复制版本信息")
        self.copy.clicked.connect(self._copy)
        self.add_row(self.copy)
        self.add_section("所用软件及许可", "其中按 LGPL 使用的都是可以单独替换的文件；完整清单和许可全文随程序附送。")
        table = PlainTable("所用软件及许可", ("软件", "许可", "用途"), len(LICENCES))
        table.show_rows(LICENCES)
        self.column.addWidget(table)
        self.column.addStretch(1)

    def version_text(self) -> str:
        """What somebody who helps needs to know; nothing of the case."""
        return f"巡察桌面 {__version__}；Qt {qVersion()}；Python {platform.python_version()}；{platform.platform()}"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.version_text())
        self.context.told.emit("已复制版本信息")
