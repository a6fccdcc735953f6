"""Words people use for the entries of closed lists, besides those the forms show."""

from collections.abc import Mapping

YES = frozenset("是 有 对 √ ✓ ✔ ☑ 已 y yes true 1 属于 属 需要 列入 可以 可".split())  # noqa: SIM905
NO = frozenset("否 无 不 不是 没有 × ✗ ✘ ☒ x 未 n no false 0 不属于 不属 不需要 不列入 不可以 不可 — - /".split())  # noqa: SIM905
WORDS: Mapping[str, Mapping[str, str]] = {
    "unit.kind": {
        "township": "镇 乡 街道 乡镇 镇街 乡镇街道 镇乡街道 乡镇(街道) 镇(街道) 乡(镇)",
        "department": "部门 市直单位 县直部门 县直单位 区直部门 区直单位 机关 党政机关 市直机关",
        "institution": "事业 学校 医院 市属事业单位 直属事业单位",
        "village": "村 社区 行政村 村居 村(社区) 村(居) 居委会",
        "enterprise": "国有企业 企业 市属企业 市属国企 县属国企",
    },
    "unit.party_body": {
        "committee": "党的委员会 基层党委 党委会",
        "work_committee": "工委 党的工作委员会",
        "general_branch": "总支 党总支部 总支部委员会",
        "branch": "支部 支部委员会",
    },
    "member.role": {"handler": "成员 巡察干部 巡察员", "clue_officer": "线索专员 线索管理员", "office": "巡察办人员"},
    "inspector.expertise": {
        "discipline": "纪检 监察 纪委监委",
        "organisation": "组织 人事 党务 党建 选人用人",
        "finance": "财务 审计 会计 财会 财政",
        "engineering": "工程 建设 基建 项目",
        "law": "法律 公安 司法 法制",
        "publicity": "意识形态",
        "agriculture": "农业 农村 三农",
        "writing": "写作 文字 综合 材料 文秘 综合文字",
    },
    "petition.channel": {
        "letter": "信件 信函 信",
        "call": "电话",
        "visit": "走访 上访 面访 来人",
        "message": "手机短信",
        "mail": "电子邮件 邮件 电子邮箱",
        "code": "扫码",
        "box": "信箱",
    },
    "petition.signature": {"named": "署名 具名 署实名", "anonymous": "未署名 无署名 不署名", "joint": "联名信"},
    "petition.handling": {
        "paper": "转底稿 核实",
        "lead": "转线索 问题线索",
        "unit": "转被巡察单位",
        "department": "转办 转相关部门",
        "legal": "涉法涉诉",
        "filed": "留存 备查",
    },
    "visit.person_group": {
        "delegate": "党代表 人大代表 政协委员 代表委员",
        "party_member": "党员",
        "notable": "乡贤 能人",
        "allowance": "低保 低保家庭",
        "needy": "困难户 贫困户 脱贫户",
        "petitioner": "信访户 信访人",
        "ordinary": "群众 村民 居民 普通群众",
        "site": "现场点位",
    },
    "visit.way": {"home": "入户走访", "talk": "座谈会", "unannounced": "明察暗访", "site": "现场 实地查看"},
    "paper.level": {
        "own": "机关 机关本级",
        "internal": "内设科室 科室",
        "subordinate": "下级单位 二级单位",
        "village": "村 社区 村(居)",
    },
    "paper.sources": {
        "documents": "调阅资料 资料查阅 查阅 调阅",
        "interview": "谈话 谈话了解",
        "petition": "信访反映 信访举报 来信来访",
        "visit": "走访 实地走访 调研 下沉调研 实地查看",
        "survey": "问卷 民主测评 测评 问卷调查",
        "finance": "查账 财务抽查 抽凭 财务核查",
        "department": "移交 部门通报",
        "previous": "上轮巡察 上轮反馈",
    },
    "paper.causes": {"missing_rule": "制度缺失", "rule_ignored": "执行缺失", "integrity_risk": "廉洁风险"},
    "paper.destination": {
        "report": "列入报告 写入报告 进入报告 进报告",
        "feedback": "反馈意见 列入反馈",
        "oral": "口头反馈",
        "recommendation": "巡察建议书 建议",
        "lead": "问题线索 移交线索 转线索",
        "rejected": "不列入 不进报告",
    },
    "voucher.doubts": {
        "round": "整数 大额",
        "serial": "发票连号 连号发票",
        "vague": "品名模糊",
        "place": "异地 节假日 异地节假日",
        "prepaid": "预付卡消费 购物卡",
        "standard": "超标准列支 超标",
        "split": "拆分 化整为零",
        "papers": "无公函 无清单 无公函无清单",
    },
    "quick_fix.result": {
        "done": "已完成 已整改 整改到位 已销号",
        "partly": "部分整改 基本完成 正在整改 整改中",
        "undone": "未整改 没有完成",
    },
    "fact_check.answer": {"true": "认可 无异议 情况属实", "partly": "部分认可", "disputed": "异议 不属实 不认可"},
    "poll.scale": {"grade": "好较好一般差", "satisfaction": "满意基本满意不满意"},
}
PARTY_WORDS: Mapping[str, str] = {
    "主体责任": "main", "第一责任人责任": "first", "第一责任人": "first", "主要领导责任": "leading",
    "分管领导责任": "leading", "分管责任": "leading", "领导责任": "leading", "监督责任": "supervising",
    "直接责任": "direct", "直接责任人": "direct",
}  # fmt: skip
