"""巡察任务: a team inspects a unit in a round."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.choices import INSPECTION_STATES, MODES
from xuncha_desktop.model.field import Kind, field

_BY_HAND = "相应登记模块建成前手填，在工作台上标“手填”。"


class Inspection(Entity):
    """The task everything else is written for: team, unit, round, mode and its dates."""

    __tablename__ = "inspection"
    LABEL = "巡察任务"
    TITLE = "unit.short_name"

    unit: Mapped[str | None] = field(
        "被巡察党组织", Kind.REF, target="unit", required=True, in_table=True, group="任务"
    )
    team: Mapped[str | None] = field("巡察组", Kind.REF, target="team", required=True, in_table=True, group="任务")
    round: Mapped[str | None] = field("轮次", Kind.REF, target="round", required=True, in_table=True, group="任务")
    mode: Mapped[str] = field("巡察方式", Kind.ENUM, choices=MODES, required=True, in_table=True, group="任务")
    state: Mapped[str] = field("阶段", Kind.ENUM, choices=INSPECTION_STATES, in_table=True, group="任务")
    checklist: Mapped[str | None] = field("清单", Kind.REF, target="checklist", group="任务")
    previous: Mapped[str | None] = field("上一轮任务", Kind.REF, target="inspection", group="任务")

    notice_on: Mapped[str | None] = field("通知日", Kind.DATE, group="日期")
    entry_on: Mapped[str | None] = field("进驻日", Kind.DATE, in_table=True, group="日期")
    letters_until: Mapped[str | None] = field("信访截止日", Kind.DATE, group="日期")
    stay_end_on: Mapped[str | None] = field("驻点结束日", Kind.DATE, in_table=True, group="日期")
    leading_group_on: Mapped[str | None] = field("领导小组会日", Kind.DATE, group="日期")
    secretary_on: Mapped[str | None] = field("书记专题会日", Kind.DATE, group="日期")
    feedback_on: Mapped[str | None] = field("反馈日", Kind.DATE, group="日期")
    transfer_on: Mapped[str | None] = field("移交日", Kind.DATE, group="日期")
    plan_due_on: Mapped[str | None] = field("方案截止日", Kind.DATE, group="日期")
    meeting_on: Mapped[str | None] = field("民主生活会日", Kind.DATE, group="日期")
    rectify_until: Mapped[str | None] = field("集中整改截止日", Kind.DATE, group="日期")
    publish_on: Mapped[str | None] = field("公开日", Kind.DATE, group="日期")
    evaluate_on: Mapped[str | None] = field("评估日", Kind.DATE, group="日期")

    talks: Mapped[int | None] = field("谈话（人次）", Kind.INT, group="工作量", help=_BY_HAND)
    questionnaires: Mapped[int | None] = field("问卷（份）", Kind.INT, group="工作量", help=_BY_HAND)
    documents: Mapped[int | None] = field("调阅（份）", Kind.INT, group="工作量", help=_BY_HAND)
    visits: Mapped[int | None] = field("走访（户）", Kind.INT, group="工作量", help=_BY_HAND)
    petitions: Mapped[int | None] = field("信访（件次）", Kind.INT, group="工作量", help=_BY_HAND)
    quick_fixes: Mapped[int | None] = field("立行立改（项）", Kind.INT, group="工作量", help=_BY_HAND)
    leads: Mapped[int | None] = field("线索（条）", Kind.INT, group="工作量", help=_BY_HAND)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group="任务")
