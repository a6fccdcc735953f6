"""Old Word papers as a table: labels and what stands beside or under them, one paper a row, nothing left behind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from xuncha_desktop.decoding.lists.grid import Sheet, Source
from xuncha_desktop.decoding.lists.word_file import Cell, Rows, WordFile
from xuncha_desktop.errors import UserError
from xuncha_desktop.services.imports.headings import bare, forms
from xuncha_desktop.services.imports.kinds import ImportKind
from xuncha_desktop.services.imports.ticked_boxes import read_line

OTHER = "其他文字"
_LONGEST_LABEL = 20
# Labels of forms that belong to no single field; what stands beside them is kept under them.
_MORE_LABELS = """
底稿编号 编号 届次 轮次 巡察组 巡察组别 所属聚焦 聚焦方面 组织类型 巡察方式 一级分类 二级分类 支撑材料 支撑材料目录 附件
审签日期 复核日期 版本号 备注
"""
_OF_LISTS = """
序号 证据编号 材料名称 名称 类型 材料类型 页码 页码区间 页数 来源 原件或复印件 原件复印件 形式 份数 备注 责任类别
责任主体 初步分析 责任人 姓名 职务 说明
"""
_MORE, _LISTED = (frozenset(words.split()) for words in (_MORE_LABELS, _OF_LISTS))
_TITLES = frozenset(("问题底稿", "工作底稿", "巡察工作底稿", "巡察问题底稿", "巡察底稿", "底稿"))
_PAIR = re.compile(r"([^：:\n]{2,20})[：:]\s*(.*)", re.DOTALL)
_BLANK_SIGN = re.compile(
    r"(?:(?:承办人|审核人|复核人|组长|副组长)?(?:签名|签字|盖章)|签章|日期)?[：:]?|[\s_]*年[\s_]*月[\s_]*日?|[_\s]+"
)
_PARTIES = frozenset(("责任类别", "责任主体"))


@dataclass(slots=True)
class _Paper:
    """What one paper says, by label in the order of the labels."""

    texts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, label: str, text: str) -> None:
        """Keep a text under a label."""
        kept = self.texts.setdefault(label, [])
        if text and text not in kept:
            kept.append(text)


def read(document: WordFile, kind: ImportKind) -> Source:
    """The papers of a Word file as rows, their labels as columns."""
    if not any(isinstance(block, list) for block in document.blocks):
        raise UserError(f"“{document.name}”里没有表格；只能导入表格式的底稿，其他文字请复制到新底稿里。")
    reader = _Reader(kind)
    for block in document.blocks:
        if isinstance(block, str):
            reader.take_paragraph(block)
        else:
            reader.take_table(block)
    papers = [paper for paper in reader.papers if any(paper.texts.values())]
    labels = list(dict.fromkeys(label for paper in papers for label, texts in paper.texts.items() if texts))
    if not set(labels) - {OTHER}:
        raise UserError(f"“{document.name}”的表格里没有认出底稿的栏目；请核对文件，或把内容复制到新底稿里。")
    sheet = Sheet(
        PurePath(document.name).stem,
        unread=[*document.unread, *reader.unticked()],
        places=[f"第{n}份底稿" for n in range(1, len(papers) + 1)],
    )
    sheet.rows[1] = list(labels)
    for row, paper in enumerate(papers, 2):
        sheet.rows[row] = ["\n".join(paper.texts.get(label, ())) for label in labels]
    return Source(document.name, (sheet,))


class _Reader:
    """Goes through a document; a paper begins where a label comes again that a paper has once."""

    def __init__(self, kind: ImportKind) -> None:
        self._kind = kind
        self._once = {"底稿编号", *(word for word, (name, _) in kind.words.items() if name in ("title", "inspection"))}
        self._once = set(map(bare, self._once))
        self.papers: list[_Paper] = [_Paper()]
        self._left = dict[str, None]()  # words of boxes that nobody ticked

    def unticked(self) -> list[str]:
        """A sentence on the choices that were not made."""
        return [f"没有打勾的选项没有读入：{'、'.join(self._left)}"] if self._left else []

    def take_paragraph(self, text: str) -> None:
        """A paragraph beside the tables."""
        for line in filter(None, (line.strip() for line in text.split("\n"))):
            found = self._pair(line)
            if bare(line) in _TITLES:
                self._begin()
            elif found:
                self._put(*found)
            else:
                self._put(OTHER, line)

    def take_table(self, rows: Rows) -> None:
        """A table: labels with cells beside them, bars with cells under them, lists."""
        over, waiting, heads = "", "", list[Cell]()
        for place, row in enumerate(rows):
            cells = [cell for cell in row if not cell.goes_on]
            full = [cell for cell in cells if cell.text]
            if not any(cell.goes_on for cell in row):
                over = ""
            if heads and self._goes_on(heads, row):
                self._put_listed(heads, row)
                continue
            heads = []
            if waiting and len(full) == 1 and not self._label(full[0].text):
                self._put(waiting, full[0].text)
                waiting = ""
                continue
            waiting = ""
            if len(row) == 1 and full and (label := self._label(full[0].text)):
                waiting = label
            elif self._is_head(row, rows[place + 1 : place + 2]):
                heads = row
            else:
                over = self._take_row(cells, over)

    def _take_row(self, cells: Sequence[Cell], over: str) -> str:
        """Pairs of label and text; `over` is the label of a merged cell that goes on. The first label."""
        label, texts, first = over, list[str](), over
        for place, cell in enumerate(cells):
            is_last = place == len(cells) - 1
            found = self._label(cell.text) if cell.text and not (is_last and label and not texts) else ""
            pair = self._pair(cell.text) if not found and not texts else None
            if found:
                self._put_all(label, texts)
                label, texts = found, []
                first = first or found
            elif pair and not label:
                self._put(*pair)
            elif not label and not is_last and self._may_be_label(cell.text, cells[place + 1]):
                label, texts = _squeezed(cell.text), []
            elif cell.text:
                texts.append(cell.text)
        self._put_all(label, texts)
        return first

    def _put_all(self, label: str, texts: Sequence[str]) -> None:
        texts = [text for text in map(self._filled_in, texts) if text]
        parted = len(texts) == 2 and len(texts[0]) <= 8 and "\n" not in texts[0]
        joined = "：".join(texts) if parted else "\n".join(texts)
        if label or joined:
            self._put(label or OTHER, joined)

    def _put(self, label: str, text: str) -> None:
        text = self._filled_in(text)
        paper = self.papers[-1]
        if bare(label) in self._once and text and paper.texts.get(label):
            self._begin()
        self.papers[-1].add(label, text)

    def _filled_in(self, text: str) -> str:
        """What somebody wrote: ticked boxes instead of all, no empty lines to sign on."""
        read = [read_line(line) for line in text.split("\n")]
        self._left |= dict.fromkeys(word for line in read for word in line.left)
        return "\n".join(line.text for line in read if not _BLANK_SIGN.fullmatch(line.text.strip()))

    def _begin(self) -> None:
        if any(self.papers[-1].texts.values()):
            self.papers.append(_Paper())

    def _pair(self, text: str) -> tuple[str, str] | None:
        """标签：内容 in one cell or line."""
        found = _PAIR.fullmatch(text)
        label = self._label(found[1]) if found else ""
        return (label, found[2]) if found and label else None

    def _label(self, text: str) -> str:
        """The label a text is; empty if it is none."""
        label = _squeezed(text).rstrip("：:")
        if not label or len(label) > _LONGEST_LABEL:
            return ""
        known = any(form in self._kind.words or form in _MORE for form in forms(label))
        return label if known else ""

    def _may_be_label(self, text: str, beside: Cell) -> bool:
        """A short text without a sentence, beside something that is no label."""
        plain = _squeezed(text)
        speaks = re.search(r"[。；，,;]|\d{2}", plain)
        return bool(plain) and len(plain) <= 12 and not speaks and not self._label(beside.text)

    def _is_head(self, row: Sequence[Cell], following: Sequence[Sequence[Cell]]) -> bool:
        """The head of a list within the form: nothing but names of columns, and a row of the same shape under it."""
        names = [bare(cell.text) for cell in row]
        named = len(row) >= 2 and all(name in _LISTED or self._label(name) for name in names)
        listed = sum(name in _LISTED for name in names) >= 2
        return named and listed and bool(following) and _starts(following[0]) == _starts(row)

    def _goes_on(self, heads: Sequence[Cell], row: Sequence[Cell]) -> bool:
        return _starts(heads) == _starts(row) and not self._label(row[0].text)

    def _put_listed(self, heads: Sequence[Cell], row: Sequence[Cell]) -> None:
        """A line of a list: responsible bodies as the paper has them, anything else in one line under 支撑材料目录."""
        names = [bare(cell.text) for cell in heads]
        texts = [cell.text.replace("\n", " ") for cell in row]
        if not any(texts):
            return
        if set(names) >= _PARTIES:
            by_name = dict(zip(names, texts, strict=True))
            kind, party = by_name.pop("责任类别"), by_name.pop("责任主体")
            self._put("责任主体", f"{kind}：{party}" if kind and party else party or kind)
            if rest := " ".join(filter(None, by_name.values())):
                self._put("初步分析", f"{party}：{rest}")
        elif any(text for name, text in zip(names, texts, strict=True) if name != "序号"):
            self._put("支撑材料目录", " ".join(filter(None, texts)))


def _starts(row: Sequence[Cell]) -> list[tuple[int, int]]:
    return [(cell.column, cell.span) for cell in row]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
