"""回避申报 (.docx, form F12): a member's sheet with the person and all units filled in; the rest is for a pen."""

from xuncha_desktop.exports.record_form import RecordForm
from xuncha_desktop.services.record_data import RecordData


def _person(data: RecordData) -> dict[str, object]:
    person = data.around["inspector"]
    return {"name": person["name"], "employer": person["unit"], "post": person["post"]}


FORM = RecordForm(
    "recusal", "member", "回避申报表", "recusal.docx", ("role", "duty"),
    more=_person, more_names={"姓名": "name", "工作单位": "employer", "职务": "post"},
    more_specimen={"name": "姓名·0", "employer": "工作单位·0", "post": "职务·0"},
)  # fmt: skip
