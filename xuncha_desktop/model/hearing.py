"""听取: who above the team heard the report, what they said about it, and what was done."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import HEARING_LAYERS, HEARING_WAYS


class Hearing(Entity):
    """One hearing of an inspection's report, and the exported report it was given."""

    __tablename__ = "hearing"
    LABEL = "听取"
    TITLE = "listeners"

    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True)
    layer: Mapped[str] = field("听取层级", Kind.ENUM, choices=HEARING_LAYERS, required=True, in_table=True)
    way: Mapped[str] = field("听取方式", Kind.ENUM, choices=HEARING_WAYS, required=True, in_table=True)
    held_on: Mapped[str | None] = field("听取日期", Kind.DATE, required=True, in_table=True)
    listeners: Mapped[str] = field(
        "听取人", Kind.TEXT, required=True, in_table=True, help="写职务，如“市委书记、市纪委书记”。"
    )
    export: Mapped[str | None] = field(
        "汇报的报告",
        Kind.REF,
        target="export_record",
        in_table=True,
        help="汇报时用的是哪一次导出的报告；先填当天或以前最近的一次。",
    )
    opinions: Mapped[str] = field("听取意见", Kind.LONGTEXT, required=True, in_table=True)
    outcome: Mapped[str] = field("落实情况", Kind.LONGTEXT, in_table=True, help="一条意见，一条落实。")
