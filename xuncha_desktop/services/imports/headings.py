"""The words above columns: one form for comparing them, and which words mean which field."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from xuncha_desktop.text import search_key

_PARENTHESES = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_SIGNS = re.compile(r"[^\w%]|_")
_UNIT = re.compile(r"(亿|千万|百万|十万|万|千)?元")
_FACTOR = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "": 1}
_UNIT_LINE = re.compile(r"(?:单位|计量单位|金额单位)[:\s]*(?:人民币)?[:\s]*((?:亿|千万|百万|十万|万|千)?元)")


@lru_cache(4096)
def bare(text: str) -> str:
    """A heading without blanks, signs and differences of width."""
    return _SIGNS.sub("", search_key(text))


def forms(text: str) -> list[str]:
    """The forms under which a heading may be known: as it is, without what stands in brackets, without 是否 before."""
    whole, short = bare(text), bare(_PARENTHESES.sub("", search_key(text)))
    found = [whole, short, *(form.removeprefix("是否") for form in (whole, short))]
    return [form for form in dict.fromkeys(found) if form]


def cents_of_unit(text: str) -> int | None:
    """How many 分 one of the unit named in a heading is: 1,000,000 for 金额（万元）; None where none is named."""
    found = _UNIT.search(search_key(text))
    return 100 * _FACTOR[found[1] or ""] if found else None


def cents_of_line(text: str) -> int | None:
    """The same for a line above the table: 单位：万元."""
    found = _UNIT_LINE.search(search_key(text))
    return cents_of_unit(found[1]) if found else None


def index(words: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, int]]:
    """The target of each word, and how far down its list it stands: the first words are the surest."""
    found: dict[str, tuple[str, int]] = {}
    for target, known in words.items():
        for rank, word in enumerate(known):
            found.setdefault(bare(word), (target, rank))
    return found


_NOTE = "备注 说明 备注说明"
_INSPECTION = "被巡察党组织 被巡察单位 巡察对象 被巡察党组织名称 被巡察单位名称"
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "unit": {
        "name": "单位全称 党组织全称 党组织名称 单位名称 被巡察党组织 被巡察党组织名称 被巡察单位名称 机构名称 "
        "被巡察单位 巡察对象 村社区名称 村名 党组织 单位 名称 村社区",
        "short_name": "单位简称 党组织简称",
        "code": "单位简码 单位代码 单位编码 代码 编码",
        "kind": "单位类型 单位类别 单位性质 类型 类别 性质",
        "party_body": "党组织类型 党组织类别 党组织设置 组织形式",
        "parent_unit": "上级单位 主管单位 主管部门 隶属党组织 隶属单位 所属乡镇 所属镇街 所属镇 所属街道 "
        "镇街 乡镇 上级",
        "secretary": "党组织书记 党委书记 支部书记 书记姓名 主要负责人 负责人",
        "liaison": "联系人 联络员",
        "households": "总户数 农户数",
        "party_members": "党员人数 党员总数 党员",
        "note": _NOTE,
    },
    "member": {
        "name": "成员姓名 人员姓名 名字 成员 人员",
        "unit": "所在单位 原单位 抽调单位 派出单位 单位名称 单位",
        "post": "现任职务 原职务 行政职务 单位及职务 职务职级",
        "rank": "级别 行政级别",
        "expertise": "业务专长 专业特长 特长 擅长领域 专业",
        "political_status": "面貌",
        "rounds_before": "参加轮次 参加轮次数 已参加轮次 参加巡察次数 巡察次数",
        "phone": "联系电话 手机号码 手机号 手机 联系方式",
        "available": "",
        "note": _NOTE,
        "role": "巡察组职务 巡察职务 组内角色 角色 职责",
        "code": "成员代码 简码",
        "duty": "工作分工 职责分工 组内分工 负责工作",
        "joined_on": "进组时间 抽调日期 抽调时间 报到日期 报到时间",
        "left_on": "离组时间",
    },
    "borrowing": {
        "inspection": _INSPECTION,
        "name": "材料名称 文件名称 调阅资料名称 调阅资料 所需资料 需提供资料 调阅内容 资料内容 资料 名称",
        "batch": "清单批次号 批次号 批次",
        "period": "资料所属期间 资料日期 时间范围 所属年度 年度 年份 期间",
        "quantity": "册数 份数 卷数 页数",
        "department": "责任科室 责任部门 责任单位 提供科室 提供部门 提供单位 联络人 联系人",
        "due_on": "要求提供时间 提供时限 要求时间 完成时限 截止日期 截止时间 时限",
        "received_on": "实际提供时间 提供日期 提供时间 接收日期 收到日期 领取日期 调阅日期 调阅时间 移交日期",
        "borrower": "调阅人签名 借阅人 借阅人签名 接收人 领取人",
        "returned_on": "归还时间 退还日期 退还时间",
        "taker": "收回人签名 收件人 归还接收人",
        "missing": "缺失情况 未提供原因 未提供说明",
        "conclusion": "查阅情况 查阅结果",
        "purpose": "调阅目的 调阅用途",
        "note": _NOTE,
    },
    "voucher": {
        "inspection": _INSPECTION,
        "summary": "凭证摘要 业务内容 经济业务 事由 内容",
        "book": "账套 账套名称 核算单位 账套单位 单位名称 单位",
        "period": "会计期间 所属期间 年度",
        "voucher_on": "凭证时间 记账日期 制单日期 日期 时间",
        "voucher_no": "凭证号 凭证编号 凭证号码 凭证号数 字号",
        "account": "会计科目 科目名称",
        "amount": "发生额 支出金额 报销金额 涉及金额",
        "doubts": "疑点 疑点类别 问题类型",
        "attachments": "附件 附件张数 附件数 所附单据",
        "result": "核查情况 检查情况 核实情况",
        "checker": "核查人 检查人 查账人",
        "reviewer": "",
        "note": _NOTE,
    },
    "petition": {
        "inspection": _INSPECTION,
        "subject": "信访事项 信访标题 主题 标题",
        "received_on": "受理时间 登记日期 登记时间 收件日期 来信日期 来访日期 信访日期 日期 时间",
        "channel": "信访渠道 信访方式 信访形式 受理方式 反映渠道 来源 形式",
        "signature": "署名 署名方式 是否实名",
        "reporter": "反映人 反映人姓名 信访人 举报人 来信人 来访人",
        "accused": "被反映人 被反映人及单位职务 被反映人单位职务 被反映对象 被举报人 反映对象",
        "text": "反映内容 反映内容提要 主要内容 内容摘要 反映问题 反映的主要问题 问题摘要 内容",
        "problem_type": "问题类别 三级分类",
        "in_scope": "是否受理 受理范围",
        "handling": "拟办意见 处置方式 办理方式",
        "leader_note": "领导批示 批示",
        "handler": "经办人 办理人",
        "due_on": "办结时限 时限",
        "done_on": "办结时间 办理日期",
        "outcome": "办理情况 办理结果 处理结果",
        "handed_on": "移交时间",
        "receiver": "移交单位 转办单位",
        "signed_by": "",
        "note": _NOTE,
    },
    "visit": {
        "inspection": _INSPECTION,
        "place": "走访地点 地址 住址",
        "visited_on": "走访时间 日期 时间",
        "person_group": "走访对象类型 对象类别 人员类别 类别 类型",
        "way": "走访方式",
        "who": "户主姓名 户主 受访人 对象姓名 姓名",
        "households": "户数",
        "visitors": "走访人员 走访干部",
        "text": "走访情况 反映情况 了解情况 主要情况 记录 情况",
        "requests": "诉求 意见建议 反映诉求",
        "note": _NOTE,
    },
    "poll": {"name": "测评项目 名称", "held_on": "测评时间 日期", "scope": "测评范围", "note": _NOTE},
    "quick_fix": {
        "title": "立行立改事项 整改事项 问题标题 问题名称 问题",
        "to_unit": "责任单位 整改单位 责任党组织 被巡察党组织 被巡察单位",
        "facts": "具体问题 问题描述 存在问题 主要问题",
        "demand": "工作要求",
        "due_on": "整改期限 整改时限 完成时限 时限",
        "issued_on": "交办日期 交办时间 签发时间",
        "received_by": "",
        "received_on": "签收时间",
        "progress": "整改进展 整改落实情况 进展情况",
        "result": "整改结果 完成情况",
        "satisfaction": "满意度",
        "closed_on": "销号时间",
        "note": _NOTE,
    },
    "fact_check": {"title": "问题标题", "sent_on": "送达时间", "note": _NOTE},
    "meeting": {"name": "会议 名称", "held_on": "会议时间 日期 时间", "place": "会议地点", "note": _NOTE},
    "paper": {
        "title": "问题标题 问题名称 底稿标题 标题",
        "overview": "问题表述 问题表述与报告一致 问题描述 问题内容 反馈问题 反馈问题原文 发现问题 存在问题 主要问题 "
        "具体问题 问题",
        "typical_case": "具体事例 典型案例 具体表现 典型事例点人点事",
        "inspection": f"{_INSPECTION} 单位名称 单位",
        "problem_type": "三级分类 问题类别 问题类型",
        "heading": "报告章节 所属章节",
        "place": "延伸单位 发生单位 问题发生单位及层级",
        "level": "层级",
        "sources": "发现方式 来源 了解方式",
        "verified_facts": "事实 查证情况",
        "amount": "金额 涉案金额 问题金额",
        "people": "人次 涉及人数",
        "pieces": "件数",
        "from_to": "发生时间段 发生时间 时间段 问题发生时间",
        "basis": "问题性质与定性依据 问题性质及定性依据 性质和依据 依据 违反规定",
        "cause": "原因分析",
        "parties": "责任主体 责任主体分析 责任单位责任人",
        "leader_in_charge": "责任领导",
        "department": "责任部门",
        "communication": "沟通情况 与被巡察党组织沟通情况",
        "quick_fix": "",
        "has_lead": "问题线索 涉及线索",
        "common": "",
        "destination": "采用去向",
        "suggestion": "整改建议 意见建议",
        "handlers": "经办人 承办",
        "dated": "填写日期 制作日期",
        "deputy_opinion": "副组长意见 复核意见",
        "meeting_conclusion": "组务会意见 研究结论 组务会结论",
        "leader_opinion": "组长意见 审签意见",
        "office_note": "巡察办意见 审核备注",
        "note": f"{_NOTE} 底稿编号 问题编号 原编号 审签日期 支撑材料 支撑材料编号 支撑材料目录 对应报告段落",
    },
    "previous": {
        "code": "反馈问题编号 底稿编号 问题编号 编号 序号",
        "item": "反馈问题 反馈问题原文 问题标题 问题表述 问题表述与报告一致 问题描述 问题内容 存在问题 发现问题 "
        "主要问题 具体问题 问题",
        "focus": "聚焦方面",
        "area": "一级分类 二级分类 问题类别",
        "problem_type": "问题分类 三级分类",
        "basis": "定性依据",
        "inspection": f"{_INSPECTION} 单位名称 单位",
        "how": "典型事例 具体事例 具体事例分解子问题 整改目标 整改措施 整改情况 整改结果 本期进展 当前状态 完成情况 "
        "整改类型 完成时限 整改时限 完成日期 销号日期 牵头领导 牵头领导责任领导 责任领导 牵头部门 配合部门 责任部门 "
        "责任单位 责任人 责任主体 佐证材料 佐证材料目录 新建修订制度 新建修订制度名称文号 涉及金额 未完成原因 下步措施 "
        "被巡察党组织自评 核验方式 核验人 核验日期 备注",
    },
    "phrase": {
        "point": "句式 观点 问题句式 定性句 标题句 规范表述 问题表述 句子",
        "fact": "事实 事例 事例句 典型事例 具体表现 表现句",
        "problem_type": "三级分类 问题类型 问题类别 适用问题 适用分类",
    },
    "legal_basis": {
        "name": "文件名称 依据名称 法规名称 制度名称 法律法规名称 政策法规名称 文件名 依据文件 依据 定性依据 名称",
        "document_number": "文号 文件文号 文件号 发文号",
        "article": "条款号 条款项 条款序号 依据条款 具体条款 条文号 条目",
        "kind": "依据类别 文件类别 类型 效力级别 法规类别",
        "text": "条款原文 条文内容 条文 原文 具体内容 具体规定 主要内容 内容 规定",
        "problem_types": "问题分类 适用问题 适用问题分类 对应问题分类 三级分类 问题类型 问题类别",
        "note": _NOTE,
    },
}
# A column that only counts the rows: a row with nothing else is an empty one.
COUNTING = frozenset({"序号", "序", "行号", "no", "顺序号"})
