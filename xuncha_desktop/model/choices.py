"""The closed lists a user picks from: stable codes for the journal, words for people."""

from collections.abc import Mapping

Choices = Mapping[str, str]


def in_words(choices: Choices, code: str) -> str:
    """The words for a code; one that another version of the program wrote is named as it is."""
    return choices.get(code) or (f"未知（{code}）" if code else "")


MODES: Choices = {
    "routine": "常规",
    "special": "专项",
    "mobile": "机动式",
    "village": "村（社区）延伸",
    "lookback": "回头看",
}
DAY_KINDS: Choices = {"calendar": "自然日", "working": "工作日"}
UNIT_KINDS: Choices = {
    "township": "镇街道",
    "department": "市直部门",
    "institution": "事业单位",
    "village": "村社区",
    "enterprise": "国企",
    "other": "其他",
}
CHECKLIST_OF: Choices = {"township": "ZJ", "department": "BM", "institution": "SY", "village": "CS", "enterprise": "GQ"}
PARTY_BODIES: Choices = {
    "committee": "党委",
    "group": "党组",
    "work_committee": "党工委",
    "general_branch": "党总支",
    "branch": "党支部",
}
ROLES: Choices = {
    "leader": "组长",
    "deputy": "副组长",
    "liaison": "联络员",
    "handler": "组员",
    "clue_officer": "线索专人",
    "archivist": "档案员",
    "office": "巡察办",
}
EXPERTISE: Choices = {
    "discipline": "纪检监察",
    "organisation": "组织人事",
    "finance": "财务审计",
    "engineering": "工程建设",
    "law": "政法",
    "publicity": "宣传",
    "petition": "信访",
    "agriculture": "农业农村",
    "writing": "文字综合",
}
INSPECTION_STATES: Choices = {
    "preparing": "准备",
    "on_site": "驻点",
    "reporting": "汇报",
    "feedback": "反馈移交",
    "rectifying": "整改",
    "archived": "归档",
}
RESULT_STATES: Choices = {
    "open": "未开始",
    "checking": "核查中",
    "clean": "未发现问题",
    "found": "发现问题",
    "not_applicable": "不适用",
    "not_checked": "未能核查",
}
LEVELS: Choices = {"own": "本级", "internal": "内设机构", "subordinate": "下属单位", "village": "村（社区）"}
SOURCES: Choices = {
    "documents": "查阅资料",
    "interview": "个别谈话",
    "petition": "信访",
    "visit": "走访调研",
    "survey": "问卷测评",
    "finance": "财务检查",
    "department": "部门移交",
    "previous": "上轮清单",
    "other": "其他",
}
CAUSES: Choices = {"missing_rule": "制度缺失型", "rule_ignored": "执行缺失型", "integrity_risk": "廉洁风险型"}
PARTY_KINDS: Choices = {
    "main": "主体责任",
    "first": "第一责任人责任",
    "leading": "主要领导责任",
    "supervising": "监督责任",
    "direct": "直接责任",
}
DESTINATIONS: Choices = {
    "report": "报告",
    "feedback": "反馈",
    "oral": "口头",
    "recommendation": "建议书",
    "lead": "线索",
    "rejected": "不采用",
}
PAPER_STATES: Choices = {
    "draft": "草稿",
    "review": "待复核",
    "meeting": "待组务会",
    "signing": "待审签",
    "approved": "已审签",
    "adopted": "采用",
    "rejected": "不采用",
    "archived": "已归档",
    "returned": "退回",
}
LOCKED_STATES = frozenset({"approved", "adopted", "rejected", "archived"})
COUNTED_STATES = frozenset({"approved", "adopted"})
EVIDENCE_KINDS: Choices = {
    "minutes": "会议记录",
    "interview": "谈话记录",
    "voucher": "凭证",
    "contract": "合同",
    "document": "文件",
    "ledger": "台账",
    "photo": "现场照片",
    "accounts": "账目",
    "petition": "信访材料",
    "survey": "问卷",
    "other": "其他",
}
CITABLE: Choices = {
    "interview": "谈话记录",
    "borrowing": "调阅资料",
    "petition": "信访件",
    "visit": "走访记录",
    "poll": "测评统计",
    "voucher": "抽凭记录",
    "fact_check": "事实确认单",
    "quick_fix": "立行立改事项",
    "meeting": "组务会记录",
}
ORIGINALS: Choices = {"original": "原件", "copy": "复印件", "shot": "翻拍件", "electronic": "电子件"}
BASIS_KINDS: Choices = {
    "party": "党内法规",
    "law": "法律",
    "administrative": "行政法规",
    "local": "地方性法规",
    "departmental": "部门规章",
    "government": "地方政府规章",
    "normative": "规范性文件",
    "internal": "内部制度",
}
EXPORT_KINDS: Choices = {
    "report": "巡察情况报告",
    "ledger": "问题台账",
    "check_book": "核对册",
    "paper": "问题底稿",
    "volume": "底稿汇编",
    "briefing": "书记专题会汇报材料",
    "feedback": "巡察反馈意见（班子稿）",
    "feedback_head": "巡察反馈意见（主要负责人稿）",
    "talk_report": "谈话情况报告",
    "poll_report": "民主测评统计分析",
    "interview": "谈话记录",
    "interview_named": "谈话记录（含对象身份）",
    "borrowings": "资料调阅清单",
    "petition": "信访登记表",
    "petition_named": "信访登记表（含反映人）",
    "visit": "走访记录",
    "visit_named": "走访记录（含走访对象）",
    "voucher": "财务抽凭记录",
    "fact_check": "事实确认单",
    "quick_fix": "立行立改通知书",
    "quick_fixes": "立行立改情况",
    "meeting": "组务会记录",
    "hearings": "听取意见及落实情况",
    "team": "巡察组成员及分工表",
    "inspectors": "人才库名册",
    "recusal": "回避申报表",
    "archive_index": "卷内目录",
    "interview_ledger": "谈话台账",
    "petition_ledger": "信访台账",
    "borrowing_ledger": "资料调阅台账",
    "checklist_ledger": "清单完成情况",
    "poll_ledger": "测评统计",
    "quick_fix_ledger": "立行立改台账",
    "inspector_ledger": "人才库",
}
