"""Names of persons in the report of a round that names matters only (点事不点人)."""

import re
from collections.abc import Iterator

from xuncha_desktop.services.report_checks.passages import Draft, Fault, of_draft

_APART = re.compile(r"[、，,；;\s]+")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+·[\u3400-\u9fff·]+")
_NO_PERSON = re.compile(r"[委组会府局办站所科室部院校司厂村镇乡心社团队员子]$|党|书记|镇长|主任|班子|领导|支部|人员")


def faults(draft: Draft) -> Iterator[Fault]:
    """Every name that the case itself knows: of the unit's people, and of those a paper holds responsible."""
    if draft.data.values["round"]["name_persons"]:
        return
    names = known(draft)
    if not names:
        return
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for passage in of_draft(draft):
        for match in pattern.finditer(passage.text):
            words = f"本轮报告点事不点人，此处写了姓名“{match[0]}”；请改为职务或“有的干部”"
            yield Fault("wording", words, passage, match.start(), len(match[0]))


def known(draft: Draft) -> set[str]:
    """Names of persons in the unit's and the papers' own fields; what looks like an organisation is none."""
    unit = draft.data.values["unit"]
    said = [unit["secretary"], unit["liaison"]]
    for line in draft.data.papers:
        said.append(line.paper["leader_in_charge"])
        said += [party["name"] for party in line.paper["parties"]]
    parts = {part for text in said for part in _APART.split(text)}
    return {part for part in parts if _NAME.fullmatch(part) and not _NO_PERSON.search(part)}
