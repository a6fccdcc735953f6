"""Every Word document of the sample case on paper: A4, inside its margins, official ones by the official measures."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.pages.measure import MM, read_pages
from tests.pages.rules import body_steps, headings_at_the_foot, misnumbered, of_other_size, off_pitch, outside
from tests.support.cheap_keys import CHEAP
from tests.support.desk import Desk
from xuncha_desktop import paths
from xuncha_desktop.exports.catalog import DOCUMENTS
from xuncha_desktop.exports.document import WORD, Document
from xuncha_desktop.services import record_data, sample
from xuncha_desktop.store import opening

pytestmark = pytest.mark.pages

OFFICIAL = ("briefing", "feedback", "feedback_head", "talk_report", "poll_report", "quick_fix")
LEAST_MARGIN = 10 * MM
WORDS = [document for document in DOCUMENTS if document.suffix == WORD]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample case."""
    folder = tmp_path_factory.mktemp("documents")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        case, _ = opening.create(folder / "案卷", sample.PASSWORD, argon=CHEAP)
        with case:
            yield Desk(case.store, folder, sample.fill(case.store))


@pytest.mark.parametrize("document", WORDS, ids=lambda document: document.kind)
def test_each_document_of_the_sample_stands_inside_its_sheets(
    desk: Desk, to_pdf: Callable[[Path], Path], document: Document
) -> None:
    record = ""
    if document.subject != "inspection":
        record = record_data.exported(desk.store, document.subject, desk.inspection, drafts=True)[0]
    pdf = to_pdf(desk.export(document.kind, record, draft=True))
    pages = read_pages(pdf)
    assert of_other_size(pages) == []
    for page in pages:
        assert page.lines, "a page without text"
        assert all(line.left >= LEAST_MARGIN and line.right <= page.width - LEAST_MARGIN for line in page.lines)
    if document.kind in OFFICIAL:
        assert off_pitch(body_steps(pages)) == []
        assert outside(pages) == []
        assert misnumbered(pages) == []
        assert headings_at_the_foot(pages) == []
