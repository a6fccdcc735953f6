"""The page of a form to sign: title, one framed table of labelled entries, boxes for signatures, page x of y."""

from collections.abc import Iterable, Sequence

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from templates_docx.forms import Form
from templates_docx.page_styles import (
    FANG,
    HEI,
    SMALL,
    SONG,
    TITLE,
    add_field,
    add_style,
    add_text,
    blank_document,
    indent_first_line,
    leave_grid,
    set_lines,
)

LABEL, ENTRY, CENTRE, LONG, SIGN = "栏目名", "栏目内容", "栏目内容居中", "栏目长文", "签名栏"
WIDTH, LABEL_WIDTH, SIGN_WIDTHS = 156, 29, (29, 77, 50)
_LAST = 4  # rows that end a form together
DAY = "　　　　年　　月　　日"
Entry = tuple[str, str]  # what stands before it, and its name


class FormPage:
    """Builds such a form from top to bottom; a name is what the data calls an entry."""

    def __init__(
        self,
        title: str,
        margin: str,
        tables: Sequence[Sequence[float]] = (),
        foot: str = "",
        heads: Sequence[str] = ("unit", "round"),
    ) -> None:
        """`margin` stands in the page header, `foot` before the page number; `tables` are the columns of lists."""
        self.document = form_document(margin, foot)
        for style, text in (("Title", title), *(("底稿抬头", f"{{{{ {head} }}}}") for head in heads)):
            add_text(self.document.add_paragraph(style=style), text)
        for paragraph in self.document.paragraphs[1:-1]:
            paragraph.paragraph_format.space_after = Pt(0)
        rows = [_widths(count) for count in (1, 2, 3)]
        self.form = Form(self.document, [*rows, SIGN_WIDTHS, (WIDTH,), *tables])

    def line(self, *entries: Entry, height: float = 9) -> None:
        """One to three short entries side by side."""
        texts = [text for label, name in entries for text in (label, f"{{{{ {name} }}}}" if name else "")]
        self.form.add_row(_widths(len(entries)), texts, [LABEL, ENTRY] * len(entries), height)

    def block(self, label: str, name: str, height: float = 14) -> None:
        """A long text, which may go on over pages."""
        add_block(self.form, label, name, height)

    def rows(self, heading: str, name: str, columns: Sequence[tuple[str, str, float]]) -> None:
        """A list under its own heading: name, head and width of each column."""
        widths = [width for _, _, width in columns]
        self.form.add_row((WIDTH,), (heading,), [LABEL])
        keep_with_next(self.form)
        self.form.add_row(widths, [head for _, head, _ in columns], [LABEL] * len(columns))
        keep_with_next(self.form)
        self.form.add_tag_row(f"{{%tr for row in {name} %}}")
        self.form.add_row(
            widths,
            [f"{{{{ row.{column} }}}}" for column, _, _ in columns],
            [CENTRE if width <= 31 else ENTRY for width in widths],
        )
        self.form.add_tag_row("{%tr endfor %}")

    def sign(self, label: str, said: str = "", height: float = 18) -> None:
        """A box to write in: what `said` prints, a name and a day."""
        self.form.add_row(
            SIGN_WIDTHS, (label, f"{said}\n签名：" if said else "签名：", DAY), (LABEL, SIGN, CENTRE), height
        )

    def written(self, label: str, height: float = 20) -> None:
        """Empty room for a pen."""
        self.form.add_row(_widths(1), (label, ""), (LABEL, ENTRY), height)

    def end(self) -> DocumentObject:
        """The finished form; its last rows stay together, no signature or remark is left alone on a page."""
        keep_with_next(self.form, range(-_LAST, -1))
        return self.document

    def text(self, style: str, *lines: str) -> None:
        """Paragraphs behind the table."""
        for line in lines:
            add_text(self.document.add_paragraph(style=style), line)


def _widths(entries: int) -> tuple[float, ...]:
    return {1: (29, 127), 2: (29, 49, 29, 49), 3: (29, 23, 29, 23, 29, 23)}[entries]


def form_document(margin: str, foot: str = "") -> DocumentObject:
    """An empty sheet with the styles of a form and its margins."""
    document = blank_document()
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.left_margin = section.right_margin = Mm(27)
    section.header_distance, section.footer_distance = Mm(14), Mm(12)
    leave_grid(section)
    _add_styles(document)
    _add_margins(document, margin, foot)
    return document


def add_block(form: Form, label: str, name: str, height: float = 14) -> None:
    """A text without a fixed height; a short one is not torn, a long one may go on over pages (word/tidy.py)."""
    cells = form.add_row((29, 127), (label, f"{{{{ {name} }}}}"), (LABEL, LONG), height)
    cells[1].vertical_alignment = VERTICAL.TOP


def keep_with_next(form: Form, rows: Iterable[int] = (-1,)) -> None:
    """Keep rows, the one added last if not told otherwise, on the page of the next: no head and no remark alone."""
    for row in rows:
        for cell in form.table.rows[row].cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _add_styles(document: DocumentObject) -> None:
    title = add_style(document, "Title", "Title", TITLE, Pt(22), ALIGN.CENTER)
    set_lines(title, Pt(36))
    for style_id, name, face, align, size in (
        ("XunchaFormHead", "底稿抬头", FANG, ALIGN.CENTER, Pt(14)),
        ("XunchaLabel", LABEL, HEI, ALIGN.CENTER, SMALL),
        ("XunchaEntry", ENTRY, FANG, ALIGN.LEFT, SMALL),
        ("XunchaEntryCentre", CENTRE, FANG, ALIGN.CENTER, SMALL),
        ("XunchaBlock", LONG, FANG, ALIGN.JUSTIFY, SMALL),
        ("XunchaSign", SIGN, FANG, ALIGN.LEFT, SMALL),
        ("XunchaCaption", "图片名称", FANG, ALIGN.CENTER, SMALL),
        ("XunchaMargin", "页眉页脚", SONG, ALIGN.CENTER, Pt(9)),
    ):
        style = add_style(document, style_id, name, face, size, align)
        set_lines(style, Pt(18 if size == SMALL else 24))
        if name in ("图片名称", "底稿抬头"):
            style.paragraph_format.space_after = Pt(6)
        if name == LONG:
            style.paragraph_format.widow_control = True
            indent_first_line(style)
            style.paragraph_format.first_line_indent = 2 * SMALL
    picture = add_style(document, "XunchaPicture", "图片", align=ALIGN.CENTER)
    # An exact line height would cut a picture down to one line.
    picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    picture.paragraph_format.keep_with_next = True
    page = add_style(document, "XunchaPicturePage", "图片页", HEI, Pt(14), ALIGN.LEFT)
    page.paragraph_format.page_break_before = True
    page.paragraph_format.keep_with_next = True
    page.paragraph_format.space_after = Pt(6)


def _add_margins(document: DocumentObject, margin: str, foot: str) -> None:
    """Loose sheets are signed one by one: each bears its number, its page and the number of pages."""
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.style = footer.style = "页眉页脚"
    header.alignment = ALIGN.RIGHT
    add_text(header, margin)
    if foot:
        style = document.styles["页眉页脚"]
        assert isinstance(style, ParagraphStyle)
        set_lines(style, Pt(18))
        style.font.size = Pt(12)
        add_text(footer, foot)
    add_text(footer, "第 ")
    add_field(footer, "PAGE")
    add_text(footer, " 页　共 ")
    add_field(footer, "NUMPAGES")
    add_text(footer, " 页")
