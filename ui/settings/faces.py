"""字体: the faces official documents name, and which of them this computer lacks."""

from ui import fonts
from ui.context import Context
from ui.settings.page import ColumnPage
from ui.settings.plain_table import PlainTable
from xuncha_desktop.settings import OFFICIAL_FACES


class FacesPage(ColumnPage):
    """One line a face."""

    TITLE = "字体"

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "公文按规定使用下列字体。文书里只写字体的名称，不带字体文件：在装有这些字体的电脑上打开、打印，版面才准。",
        )
        self.table = PlainTable("公文字体", ("字体", "用在", "文书里的名称", "这台电脑"))
        self.column.addWidget(self.table)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Look again: a face may have been installed meanwhile."""
        self.table.show_rows(
            [
                (name, fonts.USES[name], face, "✓ 已安装" if fonts.installed(face) else "■ 没有安装")
                for name, face in OFFICIAL_FACES.items()
            ]
        )
        lacking = fonts.missing()
        if lacking:
            self.notice.say(
                "warning",
                f"这台电脑没有 {'、'.join(lacking)}。导出不受影响，但在这里打开文书会用别的字体代替，"
                "行数和页数可能不同；打印正式文书请换一台装齐字体的电脑，或请管理员安装。",
            )
        else:
            self.notice.clear()
