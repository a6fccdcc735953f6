"""Fictitious content of a report and a paper (青禾市, 平湖镇 and all persons are invented)."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw

from xuncha_desktop.exports.paper_data import Duty, Evidence, Paper, PaperPicture
from xuncha_desktop.exports.report_data import Heading, Problem, ProblemRow, Report
from xuncha_desktop.exports.word.pictures import Original

_FOCUSES = (
    "聚焦落实党的理论和路线方针政策及上级决策部署情况",
    "聚焦群众身边不正之风和腐败问题",
    "聚焦基层党组织领导班子和干部队伍建设情况",
    "聚焦巡察整改和成果运用情况",
)
_POINTS = (
    (
        "学习贯彻不够深入，第一议题制度落实不严格",
        "镇党委理论学习中心组学习计划性不强，以会代学、以文代学的情况较为普遍。2023年1月至2024年6月，"
        "“第一议题”应学47项，实际学习31项，有16项未按要求及时跟进，研讨发言多为照抄照搬文件。",
        "有的班子成员一年内撰写的3篇研讨材料内容雷同；有的村党组织书记对年度重点任务说不清、讲不全。",
    ),
    (
        "惠农政策落实不到位，补贴资金审核把关不严",
        "镇农业农村办公室对耕地地力保护补贴面积核实走过场，仅凭村级上报数据汇总拨付，未按规定比例开展实地抽查。"
        "抽查5个村发现，重复申报、超面积申报共63户，涉及资金12.86万元。",
        "东禾村2023年将已流转的118亩耕地由原承包户和经营主体同时申报；西塘村3户村民死亡后仍连续两年领取补贴。",
    ),
    (
        "财务管理不规范，公务支出报销审核流于形式",
        "镇机关食堂、公务用车维修等支出长期由经办人自行询价、自行验收，原始凭证要素不全。抽查凭证320份，"
        "其中46份缺少清单或审批手续，涉及金额38.20万元。",
        "2023年11月第27号凭证列支办公用品采购费2.45万元，未附验收单和采购明细；有的发票日期早于采购申请日期。",
    ),
    (
        "村级工程项目监管缺位，化整为零规避招标",
        "镇村建设办公室对村级小型工程项目备案审查不严，个别村将同一道路硬化工程拆分为多个标段直接发包。"
        "2022年以来，4个村的9个项目存在拆分情形，合同金额合计265.74万元。",
        "平湖村将一条长1.8公里的机耕路拆分为3个项目，分别以39.5万元、38.9万元、39.2万元发包给同一施工队。",
    ),
    (
        "基层党组织组织生活不严肃，党员教育管理宽松软",
        "有的支部“三会一课”记录不完整，主题党日以打扫卫生、走访慰问代替学习讨论；党费收缴不及时，"
        "流动党员底数不清。抽查12个支部，有5个支部2023年未召开组织生活会。",
        "北岸村党支部会议记录中，同一天在两地召开会议的参会人员高度重合；有2名流动党员连续18个月未参加组织生活。",
    ),
    (
        "上轮巡察反馈问题整改不彻底，个别问题边改边犯",
        "对上轮巡察反馈的22个问题，镇党委认定已全部完成整改。经核查，有4个问题整改不到位，其中村级三资管理"
        "台账不健全、临聘人员清理不彻底等问题再次发生。",
        "整改台账中“建立物资领用登记制度”一项，仅印发文件，仓库自2023年3月起再无领用登记。",
    ),
)
_DUTY = (
    "上述问题反映出镇党委履行主体责任不够有力，党政主要负责人抓早抓小意识不强，分管领导对职能办公室日常监管不严，"
    "有关职能办公室和村党组织执行制度打折扣、搞变通。"
)


def sample_problem(number: int) -> Problem:
    """One of the invented problems; numbers above six repeat them with another beginning."""
    point, facts, cases = _POINTS[number % len(_POINTS)]
    title = point if number < len(_POINTS) else f"{point}（之{number // len(_POINTS) + 1}）"
    return Problem(f"{title}。", (facts,), (f"例如：{cases}", _DUTY))


def sample_row(number: int) -> ProblemRow:
    """The line of 问题清单 that belongs to a problem."""
    problem = sample_problem(number)
    amount = Decimal(1286 + 731 * number) / 100 if number % 3 else None
    kinds = ("政治建设／理论学习", "惠民政策／资金审核", "财务管理／公务支出", "工程项目／招标投标")
    return ProblemRow(
        _FOCUSES[number % len(_FOCUSES)],
        kinds[number % len(kinds)],
        problem.title.rstrip("。"),
        amount,
        "镇党委、农业农村办公室" if number % 2 else "镇财政所",
        "立行立改" if number % 5 == 0 else "",
    )


def sample_report(problems: int = 6, draft: bool = False, mark: str = "") -> Report:
    """A report on an invented township with this many problems under four headings."""
    groups = [
        Heading(f"{focus}方面", tuple(sample_problem(n) for n in range(place, problems, len(_FOCUSES))))
        for place, focus in enumerate(_FOCUSES)
    ]
    return Report(
        title="中共青禾市委第六巡察组\n关于巡察平湖镇党委情况的报告",
        addressee="青禾市委巡察工作领导小组",
        opening=(
            "根据市委统一部署，2024年9月2日至10月31日，市委第六巡察组对平湖镇党委开展了常规巡察，同步对东禾村、"
            "西塘村等8个村党组织开展延伸巡察。巡察期间，巡察组坚持政治巡察定位，紧扣“三个聚焦”，广泛听取意见，"
            "深入查找问题，形成巡察震慑，顺利完成了巡察任务。现将有关情况报告如下。",
        ),
        statistics="驻点期间，累计开展个别谈话126人次，发放问卷312份，调阅资料2840份，走访群众195户，"
        "受理信访17件次，形成问题底稿48份，提出立行立改事项5项。",
        evaluation=(
            "巡察认为，近年来平湖镇党委能够贯彻落实上级决策部署，围绕乡村振兴、基层治理等中心工作开展了一些工作，"
            "取得了一定成效。但对照新时代新要求，镇党委在政治建设、作风建设、组织建设等方面仍存在一些差距和不足，"
            "需要引起高度重视，切实加以解决。",
        ),
        headings=tuple(groups),
        leadership=(
            "镇党委班子总体团结，能够较好执行民主集中制。干部群众反映，班子抓落实的闭环意识不强，对村级权力运行的"
            "监督偏软。党委主要负责人工作有思路、敢担当，但对制度执行情况过问不多。",
        ),
        suggestions=(
            "（一）强化政治引领，提高政治站位。严格落实“第一议题”制度，健全学习督查和通报机制，推动学用结合。",
            "（二）压实管党治党责任，加强权力运行监督。围绕惠农补贴、工程项目、财务管理等重点领域开展专项整治。",
            "（三）抓实巡察整改，做好后半篇文章。对上轮整改不到位的问题列出清单，明确责任人和完成时限，逐项销号。",
        ),
        leads="巡察中发现和收到的反映有关干部的问题线索，已按规定另行专题报告。",
        attachments=("立行立改情况", "民主测评统计表"),
        signature="中共青禾市委第六巡察组",
        day=date(2024, 11, 20),
        problem_list=tuple(sample_row(number) for number in range(problems)),
        internal_mark=mark,
        draft=draft,
    )


def sample_paper(evidence: int = 6, pictures: int = 3, long: bool = False) -> Paper:
    """A working paper on an invented problem, with as much evidence and as many pictures as asked for."""
    point, facts, cases = _POINTS[1]
    told = f"{facts}\n{cases}\n2024年9月18日，巡察组查阅2022年至2023年补贴发放花名册，并到东禾村、西塘村实地走访核对。"
    return Paper(
        number="〔2024〕15-06-01-PHZ-DG-007",
        round="十五届市委第六轮巡察　市委第六巡察组",
        unit="中共青禾市平湖镇委员会",
        title=point,
        day=date(2024, 9, 20),
        place="平湖镇农业农村办公室（内设机构）；东禾村、西塘村（村级）",
        problem_type="惠民政策落实／补贴资金／审核把关",
        heading=_FOCUSES[1],
        check_items="ZJ-09 惠民惠农补贴资金发放",
        sources=("查阅资料", "个别谈话", "走访调研"),
        amount=Decimal("12.86"),
        persons=63,
        items=2,
        overview=facts,
        facts="\n".join([told] * (6 if long else 1)),
        basis="《青禾市耕地地力保护补贴资金管理办法》（青农发〔2021〕15号）第八条：乡镇应当按不低于申报面积5%的比例实地抽查。",
        causes="思想上重拨付、轻核查；责任上分管领导与经办人相互推诿；属于有制度未执行。",
        duties=(
            Duty("主体责任", "平湖镇党委", "对补贴资金监管研究部署不够。"),
            Duty("主要领导责任", "分管副镇长", "对实地抽查情况不掌握、不督促。"),
            Duty("直接责任", "农业农村办公室负责人", "未组织抽查，审核签字流于形式。"),
        ),
        evidence=tuple(
            Evidence(
                f"DG-007-证{number:02d}",
                ("2023年耕地地力保护补贴发放花名册", "与村会计的谈话记录", "土地流转合同复印件")[number % 3],
                ("书证", "谈话记录", "书证")[number % 3],
                f"{number}—{number + 3}",
                ("镇农业农村办公室", "巡察组", "东禾村")[number % 3],
                ("复印件", "原件", "翻拍件", "电子件")[number % 4],
            )
            for number in range(1, evidence + 1)
        ),
        leader="分管副镇长",
        department="农业农村办公室",
        communication="2024年9月26日与镇党委副书记、分管副镇长沟通，对事实无异议，表示立即核查追缴。",
        suggestion="由镇党委牵头追缴多领资金，修订补贴核查办法。",
        quick_fix=True,
        destination="进入报告",
        handlers=("周明远", "林　岚"),
        deputy_opinion="事实清楚，建议通过。",
        office_note="要素齐全。",
        meeting="第5次组务会研究，同意进入报告。",
        pictures=tuple(
            PaperPicture(f"picture-{number}", f"DG-007-证{number:02d}", f"补贴发放花名册第{number}页")
            for number in range(1, pictures + 1)
        ),
    )


def sample_picture(key: str) -> Original:
    """A drawn photograph, tall or wide by its number."""
    number = int(key.rsplit("-", 1)[-1])
    size = (1200, 1600) if number % 2 else (1600, 1200)
    image = Image.new("RGB", size, (60 + number * 13 % 120, 120, 150))
    ImageDraw.Draw(image).rectangle((80, 80, size[0] - 80, size[1] - 80), outline="white", width=20)
    target = BytesIO()
    image.save(target, "JPEG", quality=80)
    return Original(target.getvalue(), key)
