"""The small case with a begun report: what tests of documents do in it, and the text of what they make."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from sqlalchemy import select

from tests.support.cheap_keys import PASSWORD
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.check_sheet import CheckSheet
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import ProblemType
from xuncha_desktop.services import cases, intake, records, reports
from xuncha_desktop.store import opening
from xuncha_desktop.store.store import Store


@dataclass
class Desk:
    """The small case with a begun report, and short words for what tests do in it."""

    store: Store
    folder: Path
    inspection: str
    report: str = ""
    proof: str = ""
    numbers: int = field(default=0)

    def add_paper(self, **values: Any) -> str:
        """A paper that lacks nothing, approved unless the test says otherwise."""
        self.numbers += 1
        given = {
            "title": f"虚构问题{self.numbers}",
            "inspection": self.inspection,
            "problem_type": self.type("A101"),
            "overview": f"第{self.numbers}份虚构底稿的概述。",
            "sources": ["documents"],
            "verified_facts": "虚构的事实。",
            "basis": "《虚构办法》第一条",
            "parties": [{"kind": "main", "name": "虚构镇党委"}],
            "citations": [{"evidence": self.proof, "pages": "1"}],
            "handlers": list(records.options(self.store, "member")),
            "communication": "已沟通。",
            "state": "approved",
        }
        return intake.add(self.store, "paper", [given | values], self.folder, Progress())[0]

    def set(self, entity: str, record: str, **values: Any) -> None:
        """Change a record whatever its state."""
        records.edit(self.store, entity, record, values)

    def type(self, code: str) -> str:
        """A problem type by its code."""
        with self.store.read() as session:
            return session.scalars(select(ProblemType.id).where(ProblemType.code == code)).one()

    def check(self, kind: str, record: str = "") -> CheckSheet:
        """The check sheet of a document."""
        return catalog.BY_KIND[kind].sheet(self.store, record or self.inspection)

    def export(self, kind: str, record: str = "", *, draft: bool = False, progress: Progress | None = None) -> Path:
        """Export a document; the file."""
        document = catalog.BY_KIND[kind]
        target = self.folder / f"{kind}{document.suffix}"
        catalog.export(
            self.store, document, record or self.inspection, target, draft=draft, progress=progress or Progress()
        )
        return target


def begun(store: Store, folder: Path) -> Desk:
    """A desk with a report whose texts are written, and a proof to cite."""
    desk = Desk(store, folder, next(iter(records.options(store, "inspection"))))
    desk.report = reports.of_inspection(store, desk.inspection)
    texts = {"evaluation": "总体评价。", "leadership": "班子评价。", "suggestions": "建议甲\n建议乙"}
    desk.set("report", desk.report, **texts)
    given = {"name": "虚构台账", "kind": "ledger", "inspection": desk.inspection, "original": "original"}
    desk.proof = intake.add(store, "evidence", [given], folder, Progress())[0]
    return desk


@contextmanager
def desk_of_its_own(small_case: Path, folder: Path) -> Iterator[Desk]:
    """A desk for several tests, which only read, at a copy of the small case in `folder`."""
    with opening.open_case(Path(shutil.copytree(small_case, folder / "案卷")), PASSWORD) as case:
        cases.choose_member(case.store)
        yield begun(case.store, folder)


def text_of(file: Path) -> str:
    """All paragraphs of a Word file in order, those in tables included; python-docx knows nothing of our engine."""
    lines: list[str] = []
    document = Document(str(file))
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            seen: set[Any] = set()
            for row in block.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        lines += [paragraph.text for paragraph in cell.paragraphs]
    return "\n".join(lines)
