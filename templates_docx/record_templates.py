"""The forms of single records: 谈话, 信访, 走访, 抽凭, 组务会, 事实确认, 回避; each as it is signed on paper."""

from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from templates_docx.form_page import DAY, ENTRY, LONG, FormPage
from templates_docx.page_styles import FANG, HEI, add_style, indent_first_line, set_lines

_REQUESTS = (("order", "序号", 12), ("request", "诉求", 52), ("route", "去向", 20), ("due_on", "答复期限", 22),
             ("done_on", "办结日期", 22), ("answer", "回访结果", 28))  # fmt: skip
_AGENDA = (("order", "序号", 12), ("topic", "类别", 24), ("subject", "议题", 40), ("discussion", "讨论情况", 80))
_CONCLUSIONS = (("order", "序号", 12), ("paper", "底稿", 60), ("conclusion", "结论", 24), ("reason", "理由", 60))
_DECISIONS = (
    ("order", "序号", 12), ("text", "决定事项", 76), ("member", "责任人", 24), ("due_on", "时限", 22),
    ("done_on", "办结日期", 22),
)  # fmt: skip
_WORKED = (("在被巡察单位任职起止", 52), ("单位和职务", 64), ("离开是否满三年", 40))
_DAY_AT = 82  # millimetres: where a line to sign says the day
_KIN = (("亲属姓名", 30), ("与本人关系", 36), ("单位和职务", 90))


def build_interview() -> DocumentObject:
    """A record of questions and answers; the speaker signs at the foot of every page."""
    foot = "谈话对象（签名）：　　　　　　　　　　　年　　月　　日　　　"
    page = FormPage("谈话记录", "谈话记录　{{ number }}", foot=foot)
    page.line(("谈话对象\n代号", "number"), ("对象类别", "person_kind"))
    page.line(("谈话日期", "held_on"), ("地点", "place"))
    page.line(("开始时间", "from_time"), ("结束时间", "to_time"))
    page.line(("谈话人", "talkers"), ("记录人", "recorder"))
    page.line(("已告知事项", "informed"))
    page.form.add_tag_row("{%tr for speaker in speakers %}")
    page.line(("姓名", "speaker.name"), ("单位", "speaker.unit"))
    page.line(("职务", "speaker.post"), ("政治面貌", "speaker.political_status"))
    page.line(("任现职时间", "speaker.since"))
    page.form.add_tag_row("{%tr endfor %}")
    for style_id, name, face in (
        ("XunchaAsked", "问话", HEI),
        ("XunchaAnswered", "答话", FANG),
        ("XunchaLastWords", "末段答话", FANG),
    ):
        style = add_style(page.document, style_id, name, face, Pt(14))
        set_lines(style, Pt(26))
        indent_first_line(style)
        style.paragraph_format.first_line_indent = Pt(28)
        # A question stays with its answer, and signatures never stand on a page without words above them.
        style.paragraph_format.keep_with_next = name != "答话"
    page.text(ENTRY, "", "{%p for turn in turns %}", "{%p if turn.asked %}")
    page.text("问话", "{{ turn.text }}")
    page.text(ENTRY, "{%p elif loop.last %}")
    page.text("末段答话", "{{ turn.text }}")
    page.text(ENTRY, "{%p else %}")
    page.text("答话", "{{ turn.text }}")
    page.text(ENTRY, "{%p endif %}", "{%p endfor %}", "")
    begin = len(page.document.paragraphs)
    page.text(ENTRY, "以上记录共　　页，我已看过，与我所说的一致。")
    _signed(page, "谈话对象签名")
    page.text(ENTRY, "{%p for signer in signers %}")
    _signed(page, "谈话人{% if signer.name %}（{{ signer.name }}）{% endif %}签名")
    page.text(ENTRY, "{%p endfor %}")
    _signed(page, "记录人{% if recorder %}（{{ recorder }}）{% endif %}签名")
    _hold_together(page, begin)
    return page.document


def _hold_together(page: FormPage, begin: int) -> None:
    """The paragraphs from there on as one row that no page cuts: lines only kept with the next LibreOffice cuts."""
    held = page.document.paragraphs[begin:]
    table = page.document.add_table(1, 1)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    cell = table.rows[0].cells[0]._tc
    cell.remove(cell.p_lst[0])
    cell.extend(paragraph._p for paragraph in held)


def _signed(page: FormPage, words: str) -> None:
    """A line to sign, however long the name before it."""
    page.text(ENTRY, f"{words}：\t{DAY}")
    line = page.document.paragraphs[-1].paragraph_format
    line.space_before = Pt(14)
    line.tab_stops.add_tab_stop(Mm(_DAY_AT))


def build_petition() -> DocumentObject:
    """The sheet of one petition; who reports stands in it only where the data names anybody."""
    page = FormPage("信访登记表", "信访登记表　{{ number }}")
    page.line(("登记号", "number"), ("受理日期", "received_on"))
    page.line(("渠道", "channel"), ("署名情况", "signature"))
    page.form.add_tag_row("{%tr for reporter in reporters %}")
    page.block("反映人信息", "reporter.text")
    page.form.add_tag_row("{%tr endfor %}")
    page.line(("事由", "subject"))
    page.line(("被反映人、\n单位、职务", "accused"))
    page.block("反映内容\n摘要", "text", 34)
    page.line(("问题分类", "problem_type"), ("属受理范围", "in_scope"))
    page.line(("重复或\n关联件", "repeats"))
    page.line(("处理意见", "handling"))
    page.sign("组长批示", "{{ leader_note }}", 24)
    page.line(("承办人", "handler"), ("办理时限", "due_on"))
    page.block("办结情况", "outcome", 20)
    page.line(("办结日期", "done_on"), ("移交日期", "handed_on"))
    page.line(("接收单位", "receiver"), ("签收人", "signed_by"))
    page.block("备注", "note")
    return page.end()


def build_visit() -> DocumentObject:
    """What was seen and asked for on a visit."""
    page = FormPage("走访记录", "走访记录　{{ number }}", [[width for _, _, width in _REQUESTS]])
    page.line(("编号", "number"), ("走访日期", "visited_on"))
    page.line(("地点", "place"), ("对象类型", "person_group"))
    page.line(("方式", "way"), ("走访户数", "households"))
    page.form.add_tag_row("{%tr for person in visited %}")
    page.line(("走访对象", "person.text"))
    page.form.add_tag_row("{%tr endfor %}")
    page.line(("走访人", "visitors"))
    page.block("情况记录", "text", 60)
    page.block("照片、录像", "photos")
    page.rows("群众诉求", "requests", _REQUESTS)
    page.block("备注", "note")
    page.sign("走访人")
    page.sign("走访人")
    return page.end()


def build_voucher() -> DocumentObject:
    """One voucher that was looked at."""
    page = FormPage("财务抽凭记录", "财务抽凭记录　{{ number }}")
    page.line(("编号", "number"), ("期间", "period"))
    page.line(("账套、单位", "book"))
    page.line(("凭证日期", "voucher_on"), ("凭证字号", "voucher_no"))
    page.line(("科目", "account"), ("金额（元）", "amount"))
    page.line(("摘要", "summary"))
    page.line(("疑点类型", "doubts"))
    page.line(("附件情况", "attachments"))
    page.block("核查结果", "result", 50)
    page.block("翻拍件", "scans")
    page.block("备注", "note")
    page.sign("抽查人", "{{ checker }}")
    page.sign("复核人", "{{ reviewer }}")
    page.sign("财务人员\n（核对属实）")
    return page.end()


def build_meeting() -> DocumentObject:
    """Minutes of the team, with room for everybody's name."""
    tables = [[width for _, _, width in columns] for columns in (_AGENDA, _CONCLUSIONS, _DECISIONS)]
    page = FormPage("组务会记录", "组务会记录　{{ number }}", tables)
    page.line(("会议名称", "name"), ("编号", "number"))
    page.line(("会议日期", "held_on"), ("起止时间", "time"))
    page.line(("地点", "place"), ("主持人", "chair"))
    page.line(("记录人", "recorder"), ("缺席及原因", "absent"))
    page.line(("参会", "present"))
    page.rows("议题", "agenda", _AGENDA)
    page.rows("逐底稿结论", "conclusions", _CONCLUSIONS)
    page.block("分歧和\n保留意见", "dissent")
    page.rows("决定事项", "decisions", _DECISIONS)
    page.block("备注", "note")
    page.written("参会人员\n签名", 34)
    return page.end()


def build_fact_check() -> DocumentObject:
    """Facts for the unit, and its answer by hand."""
    page = FormPage("事实确认单", "事实确认单　{{ number }}")
    page.line(("编号", "number"), ("送达日期", "sent_on"))
    page.line(("标题", "title"))
    page.block("事实概述", "overview")
    page.block("具体事实", "facts", 40)
    page.line(("答复期限", "due_on"), ("答复日期", "answered_on"))
    page.line(("答复", "answer"))
    page.block("意见和理由\n（可另附页）", "opinion", 36)
    page.sign("被巡察\n党组织\n（盖章）", height=26)
    page.sign("承办人", "{{ handlers }}", 18)
    page.sign("组长", height=16)
    return page.end()


def build_recusal() -> DocumentObject:
    """What a member declares before the work begins, written by hand."""
    tables = [[width for _, width in columns] for columns in (_WORKED, _KIN)]
    page = FormPage("回避申报表", "回避申报表　{{ name }}", tables, heads=("round",))
    page.line(("被巡察\n党组织", "unit"))
    page.line(("姓名", "name"), ("组内职务", "role"))
    page.line(("工作单位", "employer"), ("职务", "post"))
    page.line(("分工", "duty"))
    for heading, columns in (("本人在被巡察单位任职情况", _WORKED), ("近亲属在被巡察单位及相关单位任职情况", _KIN)):
        page.form.add_row((156,), (heading,), ["栏目名"])
        widths = [width for _, width in columns]
        page.form.add_row(widths, [head for head, _ in columns], ["栏目名"] * len(columns))
        for _ in range(2):
            page.form.add_row(widths, [""] * len(columns), [ENTRY] * len(columns), 9)
    page.written("其他利害关系")
    page.sign("本人结论", "□不需回避\n□应回避（单位：　　　　　　　　　）", 22)
    page.sign("巡察办审核", "□同意　　□不同意", 22)
    page.form.add_row(
        (29, 127),
        ("保密承诺", "本人承诺遵守巡察工作纪律和保密规定，不泄露、不私存巡察工作中知悉的情况和材料。"),
        ("栏目名", LONG),
    )
    page.sign("承诺人")
    return page.end()
