"""What the doctor found: each fault with its place, its cause and a suggested repair, as words for the user."""

from collections.abc import Mapping
from dataclasses import dataclass

KINDS: Mapping[str, str] = {
    "file": "不能读取",
    "danger": "可能有害",
    "fullwidth": "全角标点",
    "brackets": "括号不成对",
    "split": "标签被拆开",
    "keyword": "语句拼写",
    "unclosed": "没有结束",
    "unpaired": "多余的结束",
    "level": "开始与结束不在同一层次",
    "prefix": "标签前缀",
    "lost": "文字会丢失",
    "syntax": "写法错误",
    "name": "名称",
    "use": "用法",
    "filter": "过滤器",
    "style": "样式缺失",
    "picture": "图片缺失",
    "trial": "试填失败",
    "unprinted": "没有打印",
    "sheet": "工作表",
    "header": "表头",
    "column": "列名",
    "duplicate": "列名重复",
    "model": "样板行",
    "formula": "公式",
    "tag": "标签",
}
_MOST_TEXT = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a template: the part and the paragraph of a document, or the cell of a sheet."""

    part: str = ""  # 正文, 页眉, 页脚, 脚注, 尾注, or a sheet's name
    member: str = ""  # the file inside the package
    paragraph: int = 0  # from 1, in the order of the file
    heading: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    text: str = ""
    cell: str = ""  # of a sheet

    def words(self) -> str:
        """正文“一、”之下第 1 个表格第 2 行第 3 列“……”."""
        if self.cell:
            return f"表“{self.part}”{self.cell}"
        if not self.paragraph:
            return self.part or "整个文件"
        said = self.part
        if self.heading:
            said += f"“{shortened(self.heading, 20)}”之下"
        if self.table:
            said += f"第 {self.table} 个表格第 {self.row} 行第 {self.column} 列"
        else:
            said += f"第 {self.paragraph} 段"
        return f"{said}“{shortened(self.text)}”" if self.text.strip() else said


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. A slight one does not stop an export; a mendable one is put right by `repair`."""

    kind: str  # a key of KINDS
    place: Place
    cause: str
    advice: str
    tag: str = ""  # the words at fault, as they stand there
    mends: bool = False
    slight: bool = False

    def words(self) -> str:
        """The whole as one sentence."""
        return f"{self.place.words()}：{self.cause}。{self.advice}"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All faults of one template, in the order of the file."""

    name: str
    title: str  # of the document the template was checked for, if any
    faults: tuple[Fault, ...]

    @property
    def serious(self) -> tuple[Fault, ...]:
        """Faults with which an export fails, loses text or does harm."""
        return tuple(fault for fault in self.faults if not fault.slight)

    @property
    def harmful(self) -> bool:
        """Whether the file is better not opened at all."""
        return any(fault.kind == "danger" for fault in self.faults)

    @property
    def mendable(self) -> tuple[Fault, ...]:
        """Faults that a button puts right."""
        return tuple(fault for fault in self.faults if fault.mends)


def shortened(text: str, most: int = _MOST_TEXT) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + "……"
