"""Makes the evidence files of the sample case: pictures, PDFs, text, Word and Excel, the same for the same seed."""

import io
import re
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from xuncha_desktop.jobs import Progress
from xuncha_desktop.sample_content import SampleEvidence
from xuncha_desktop.sample_pictures import MARK, page, photo

_SUFFIX = {"picture": "jpg", "pdf": "pdf", "text": "txt", "word": "docx", "excel": "xlsx"}
_RULED = frozenset({"台账", "账目", "凭证"})
_CORE_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def make(
    folder: Path, items: Sequence[SampleEvidence], pictures: int, seed: int, progress: Progress | None = None
) -> dict[str, Path]:
    """Write one file per item into `folder`, then `pictures` more photographs numbered 照片0001 on; return the paths.

    The extra photographs fill a case for trials of size. The same seed gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    progress = progress or Progress()
    total, made = len(items) + pictures, dict[str, Path]()
    for item in items:
        progress.step(len(made), total, f"生成{item.name}")
        target = folder / f"{item.number}-{item.name}.{_SUFFIX[item.type]}"
        target.write_bytes(_content(item, Random(f"{seed}/{item.number}")))
        made[item.number] = target
    for index in range(1, pictures + 1):
        number = f"照片{index:04d}"
        progress.step(len(made), total, f"生成{number}")
        target = folder / f"{number}.jpg"
        target.write_bytes(_photograph((f"走访现场{number}", "青禾市平湖镇"), Random(f"{seed}/{number}")))
        made[number] = target
    return made


def _content(item: SampleEvidence, random: Random) -> bytes:
    lines = [line for part in item.body for line in part.lines]
    if item.type == "picture":
        return _photograph(lines, random)
    if item.type == "pdf":
        return _pdf(item)
    if item.type == "word":
        return _word(item)
    if item.type == "excel":
        return _excel(item, lines)
    return "\n".join([item.name, f"（{MARK}）", "", *lines, ""]).encode()


def _photograph(caption: Sequence[str], random: Random) -> bytes:
    out = io.BytesIO()
    photo(caption, random).save(out, "JPEG", quality=80)
    return out.getvalue()


def _pdf(item: SampleEvidence) -> bytes:
    text = {part.page: part.lines for part in item.body}
    sheets = [
        page(
            item.name,
            text.get(number) or (_cover(item) if number == 1 else ("（本页与所引问题无关，示例从略）",)),
            f"{item.number}　第{number}页　共{item.pages}页　{MARK}",
            item.kind in _RULED and number in text,
        )
        for number in range(1, item.pages + 1)
    ]
    out, day = io.BytesIO(), time.struct_time(item.dated_on.timetuple())
    sheets[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=sheets[1:],
        resolution=120,
        creationDate=day,
        modDate=day,
        title=item.name,
    )
    return out.getvalue()


def _cover(item: SampleEvidence) -> tuple[str, ...]:
    day = item.dated_on
    return (
        f"材料类型：{item.kind}（{item.original}）",
        f"提供单位：{item.source}",
        f"取得日期：{day.year}年{day.month}月{day.day}日",
        f"共{item.pages}页，{item.paper_location}",
    )


def _word(item: SampleEvidence) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(item.name, level=1)
    document.add_paragraph(f"（{MARK}）")
    for part in item.body:
        for line in part.lines:
            document.add_paragraph(line)
        if part is not item.body[-1]:
            document.add_page_break()
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _excel(item: SampleEvidence, lines: Sequence[str]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "明细"
    sheet.append([item.name, MARK])
    for line in lines:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line.split("\t")])
    sheet.column_dimensions["A"].width = 32
    out = io.BytesIO()
    book.save(out)
    return _settled(out.getvalue())


def _settled(package: bytes) -> bytes:
    """An Office package without the moment of its making, so that the same seed gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _CORE_DATES.sub(rb"\g<1>2026-03-02T00:00:00Z", content)
            settled = zipfile.ZipInfo(entry.filename)
            settled.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(settled, content)
    return out.getvalue()
