"""The closed lists of the field records (谈话 to 抽凭) and of 听取: stable codes for the journal, words for people."""

from xuncha_desktop.model.choices import Choices

PERSON_KINDS: Choices = {
    "secretary": "党组织书记",
    "leadership": "班子成员",
    "discipline": "纪检负责人",
    "finance": "财务人员",
    "middle": "中层干部",
    "ordinary": "一般干部",
    "retired": "退休干部",
    "served": "服务对象",
    "villager": "村民代表",
    "other": "其他",
}
INFORMED: Choices = {"identity": "身份", "purpose": "目的", "secrecy": "保密要求", "truth": "如实反映"}
TOPICS: Choices = {
    "leadership": "班子和主要负责人",
    "decisions": "决策和民主集中",
    "duties": "职能履行",
    "integrity": "权力运行和廉政",
    "style": "作风和服务",
    "people": "选人用人",
    "party": "基层党建",
    "rectification": "上轮整改",
    "facts": "具体人和事",
    "advice": "意见建议",
}
CREDIBILITY: Choices = {"first_hand": "亲历", "heard": "听说", "proved": "有佐证", "unclear": "待核"}
GOES_TO: Choices = {"nothing": "仅记录", "paper": "转底稿", "quick_fix": "转立行立改", "lead": "转线索"}
EVALUATIONS: Choices = {"good": "好", "fair": "较好", "medium": "一般", "poor": "差", "unknown": "不了解"}
CONFIRMATIONS: Choices = {"signed": "逐页签名", "oral": "口头确认", "unsigned": "未签（说明）"}
SECRECY: Choices = {"normal": "普通", "sensitive": "敏感", "leader": "仅组长"}
CHANNELS: Choices = {
    "letter": "来信",
    "call": "来电",
    "visit": "来访",
    "message": "短信",
    "mail": "邮箱",
    "code": "二维码",
    "box": "意见箱",
}
SIGNATURES: Choices = {"named": "实名", "anonymous": "匿名", "joint": "联名", "secret": "要求保密"}
HANDLINGS: Choices = {
    "paper": "转底稿核实",
    "lead": "报线索",
    "unit": "转被巡察党组织",
    "department": "转职能部门",
    "legal": "涉法涉诉告知",
    "filed": "存查",
}
VISIT_GROUPS: Choices = {
    "delegate": "两代表一委员",
    "party_member": "老党员",
    "notable": "乡贤能人",
    "allowance": "低保户",
    "needy": "困难群众",
    "petitioner": "上访户",
    "ordinary": "一般群众",
    "enterprise": "企业",
    "site": "现场",
}
TARGET_GROUPS = ("delegate", "party_member", "notable", "allowance", "needy", "petitioner")  # 对村六类走访对象
VISIT_WAYS: Choices = {"home": "入户", "talk": "座谈", "unannounced": "暗访", "site": "现场查看"}
REQUEST_ROUTES: Choices = {
    "quick_fix": "立行立改",
    "township": "转镇（街道）",
    "department": "转职能部门",
    "unit": "转被巡察党组织",
    "explained": "已当场解释",
}
POLL_OBJECTS: Choices = {
    "leadership": "领导班子",
    "member": "班子成员",
    "appointments": "选人用人",
    "integrity": "党风廉政",
    "topic": "专项",
}
POLL_SCALES: Choices = {"grade": "好、较好、一般、差", "satisfaction": "满意、基本满意、不满意"}
FIX_RESULTS: Choices = {"done": "完成", "partly": "部分完成", "undone": "未完成"}
SATISFACTION: Choices = {"satisfied": "满意", "partly": "基本满意", "dissatisfied": "不满意"}
ANSWERS: Choices = {"true": "属实", "partly": "部分属实", "disputed": "有异议"}
MEETING_TOPICS: Choices = {
    "papers": "底稿审核",
    "leads": "线索研判",
    "report": "报告讨论",
    "division": "分工",
    "discipline": "纪律",
    "other": "其他",
}
CONCLUSIONS: Choices = {
    "passed": "通过",
    "more": "退补",
    "merged": "合并",
    "lead": "转线索",
    "rejected": "不采用",
}
DOUBTS: Choices = {
    "round": "大额整数",
    "serial": "连号",
    "vague": "模糊品名",
    "place": "异地或节假日",
    "prepaid": "预付卡",
    "standard": "超标准",
    "split": "临界值拆分",
    "papers": "无公函清单",
}
VERDICTS: Choices = {
    "done": "已整改",
    "partly": "部分整改",
    "undone": "未整改",
    "false": "虚假整改",
    "relapsed": "问题反弹",
}
HEARING_LAYERS: Choices = {
    "office": "巡察办",
    "leading_group": "巡察工作领导小组",
    "secretary": "书记专题会",
    "team": "组务会",
    "other": "其他",
}
HEARING_WAYS: Choices = {"on_site": "现场及时听", "meeting": "会议专题听", "one_to_one": "面对面单独听"}
