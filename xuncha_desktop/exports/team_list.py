"""巡察组成员及分工表 (.docx): who serves in the team, as what, and what each is in charge of."""

from xuncha_desktop.exports.register_table import RegisterTable, Row
from xuncha_desktop.services import record_data
from xuncha_desktop.services.record_data import RecordData


def _person(data: RecordData, row: Row) -> Row:
    person = data.around["inspector"]
    return {**row, "unit": person["unit"], "post": person["post"]}


TABLE = RegisterTable(
    "team", "member", "巡察组成员及分工表", "team.docx", ("inspector", "role", "duty", "joined_on", "left_on"),
    gather=record_data.of_team, line=_person, besides=("unit", "post"),
)  # fmt: skip
