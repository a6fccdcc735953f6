"""快捷键: everything the keyboard can do, in one list."""

from PySide6.QtWidgets import QHeaderView

from ui import style
from ui.context import Context
from ui.forms.rich_writing import BOLD_KEY, BULLETS_KEY, NUMBERS_KEY, TABLE_KEY
from ui.settings.page import ColumnPage
from ui.settings.plain_table import PlainTable

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "到处可用",
        (
            ("Alt+1 … Alt+8", "打开工作台、任务、清单、底稿、证据、报告、设置、导入"),
            ("Ctrl+1 … Ctrl+9", "打开谈话、调阅、信访等各种登记，按次序"),
            ("F1", "打开本页：全部快捷键"),
            ("Ctrl+K", "查找，或跳到任一栏目（可用拼音首字母）"),
            ("Ctrl+N", "新增一条"),
            ("Ctrl+Z / Ctrl+Y", "撤销 / 重做"),
            ("Ctrl+L", "锁定"),
            ("Esc", "返回列表，关闭弹出的选择框"),
        ),
    ),
    (
        "列表",
        (
            ("↑ ↓", "上一条、下一条"),
            ("Enter", "打开"),
            ("F2", "到选中记录的第一栏，改名或修改"),
            ("Shift+↑ ↓，Ctrl+单击", "选中多条"),
            ("Ctrl+C", "复制选中的行，可粘贴到 Excel"),
            ("Ctrl+V", "导入在 Excel、WPS 里复制的表格"),
            ("Del", "删除（可撤销）"),
        ),
    ),
    (
        "填写",
        (
            ("Tab / Shift+Tab", "下一栏、上一栏"),
            ("Enter / 空格", "按下光标所在的按钮"),
            ("F6", "底稿和现场记录：到下一处还缺内容的栏目"),
            ("Enter / ↓ / F4", "在选择栏、筛选、引用等选择按钮上：打开名单；直接输入文字或拼音首字母也行"),
            ("F4", "在日期栏上：打开日历，方向键选、Enter 定"),
            ("Ctrl+H", "光标所在一栏的修改经过"),
            (BOLD_KEY, "加粗选中的字，或不再加粗"),
            (f"{BULLETS_KEY}，{NUMBERS_KEY}", "分项、编号；Enter 接着写下一项，在空的一项上按 Enter 结束"),
            (TABLE_KEY, "插入表格；Tab 到下一格，末格再按加一行"),
        ),
    ),
    (
        "清单",
        (
            ("1 … 6", "把选中的事项标为对应的状态"),
            ("F5 … F9", "回头看：把选中的事项定为已整改、部分、未整改、虚假、反弹"),
            ("Ctrl+M", "按列表看，或按矩阵看"),
        ),
    ),
    (
        "证据",
        (
            ("Ctrl+PgUp / Ctrl+PgDown", "上一页、下一页"),
            ("Ctrl++ / Ctrl+= / Ctrl+-", "放大、缩小"),
            ("Ctrl+0", "整页"),
            ("Ctrl+R", "顺时针转 90 度"),
            ("Enter", "在页面上：用方向键画一个框，再按一次画定"),
            ("Ctrl+Shift+C", "把这一页、画框处或选中的文字引用到底稿"),
        ),
    ),
    (
        "底稿",
        (
            ("Ctrl+Enter", "提交复核，小键盘的 Enter 也可以"),
            ("F7", "取用光标所在栏目下面的第一个提议"),
            ("Tab", "问题概述里：到句式的下一个空"),
            ("Ctrl+D", "复制为新底稿"),
            ("Ctrl+V", "在支撑材料处粘贴图片、文件"),
            ("Alt+↑ ↓", "支撑材料上移、下移"),
        ),
    ),
    (
        "登记",
        (
            ("Ctrl+Shift+C", "把选中的一段文字，或整条记录，引用到底稿"),
            ("Ctrl+D", "复制为新的一条"),
            ("Ctrl+J", "谈话：接着写下一个“问：”或“答：”"),
        ),
    ),
    (
        "报告",
        (
            ("空格", "写入或不写入选中的底稿"),
            ("Alt+↑ ↓", "上移、下移"),
            ("Enter", "打开选中的底稿"),
            ("Ctrl+M", "看报告全文，或看标题和底稿"),
            ("Ctrl+E", "导出报告"),
        ),
    ),
)


class ShortcutsPage(ColumnPage):
    """One table a place."""

    TITLE = "快捷键"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        for place, rows in KEYS:
            self.add_section(place)
            table = PlainTable(f"{place}的快捷键", ("按键", "作用"))
            header = table.horizontalHeader()
            header.hide()
            # One width for all tables, so that the eye runs down one edge.
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            style.sized(table, lambda table: table.setColumnWidth(0, style.metrics.scaled(200)))
            table.show_rows(rows)
            self.column.addWidget(table)
        self.column.addStretch(1)
