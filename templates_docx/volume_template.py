"""底稿汇编: a list of the papers, then the form of each as paper_template makes it, every one on a new page."""

import re

from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from templates_docx.form_page import CENTRE, ENTRY, LABEL, form_document
from templates_docx.forms import Form
from templates_docx.page_styles import add_text
from templates_docx.paper_template import add_paper

_INDEX = (("order", "序号", 12), ("number", "底稿编号", 40), ("title", "底稿名称", 62),
          ("amount", "涉及金额\n（万元）", 26), ("pictures", "图片\n（张）", 16))  # fmt: skip
# A name of the paper itself; those with a dot are of a loop inside it.
_NAME = re.compile(r"(\{\{ |\bin )(\w+)(?= \}\}| %\})")


def build_volume() -> DocumentObject:
    """Make the template of the volume."""
    document = form_document("底稿汇编　{{ unit }}")
    for style, text in (("Title", "问题底稿汇编"), ("底稿抬头", "{{ unit }}"), ("底稿抬头", "{{ round }}")):
        add_text(document.add_paragraph(style=style), text)
    widths = [width for _, _, width in _INDEX]
    form = Form(document, [widths])
    form.add_row(widths, [head for _, head, _ in _INDEX], [LABEL] * len(_INDEX))
    form.repeat_on_every_page()
    form.add_tag_row("{%tr for entry in index %}")
    styles = (CENTRE, ENTRY, ENTRY, CENTRE, CENTRE)
    form.add_row(widths, [f"{{{{ entry.{name} }}}}" for name, _, _ in _INDEX], styles)
    form.add_tag_row("{%tr endfor %}")
    add_text(document.add_paragraph(style=ENTRY), "{%p for paper in papers %}")
    before = len(document.element.body)
    add_paper(document, own_page=True)
    for block in list(document.element.body)[before - 1 :]:
        for text in block.iter(qn("w:t")):
            text.text = _NAME.sub(r"\1paper.\2", text.text)
    add_text(document.add_paragraph(style=ENTRY), "{%p endfor %}")
    return document
