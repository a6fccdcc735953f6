"""Names in a report: of those who spoke none at all, of others none where a round names matters only (点事不点人)."""

import re
from collections.abc import Iterable, Iterator

from xuncha_desktop.services.report_checks.passages import Draft, Fault

_APART = re.compile(r"[、，,；;\s]+")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]+·[\u3400-\u9fff·]+")
_NO_PERSON = re.compile(
    r"[委组会府局办站所科室部院校司厂村镇乡心社团队员子]$|党|书记|镇长|主任|班子|领导|支部|人员|代表|群众|某|匿名"
)


def faults(draft: Draft) -> Iterator[Fault]:
    """Every name that the case itself knows; who is named for a matter may be named though he spoke as well."""
    named = bool(draft.data.values["round"]["name_persons"])
    responsible, spoke = known(draft), _persons(draft.speakers)
    speakers = spoke - responsible if named else spoke
    others: set[str] = set() if named else responsible | _persons(draft.inspectors)
    every = draft.passages
    # Thousands may have spoken: only the names that occur are looked for one by one.
    whole = "\n".join(passage.text for passage in every)
    names = {name for name in speakers | others if name in whole}
    if not names:
        return
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for passage in every:
        for match in pattern.finditer(passage.text):
            rule = "谈话对象的姓名不写入报告" if match[0] in speakers else "本轮报告点事不点人"
            words = f"{rule}，此处写了姓名“{match[0]}”；请改为职务或“有的干部”"
            yield Fault("wording", words, passage, match.start(), len(match[0]))


def known(draft: Draft) -> set[str]:
    """Names of persons in the unit's and the papers' own fields."""
    unit = draft.data.values["unit"]
    said = [unit["secretary"], unit["liaison"]]
    for line in draft.data.papers:
        said.append(line.paper["leader_in_charge"])
        said += [party["name"] for party in line.paper["parties"]]
    return _persons(said)


def _persons(said: Iterable[str]) -> set[str]:
    """What looks like the name of a person, not of an organisation or a post."""
    parts = {part for text in said for part in _APART.split(text)}
    return {part for part in parts if _NAME.fullmatch(part) and not _NO_PERSON.search(part)}
