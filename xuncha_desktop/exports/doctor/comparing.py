"""How a template differs from ours, paragraph by paragraph or cell by cell."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from xuncha_desktop.exports import dangers
from xuncha_desktop.exports.doctor.findings import Place


@dataclass(frozen=True, slots=True)
class Difference:
    """A text only one of the two has, or that reads differently in them."""

    place: Place  # in the user's template; in ours where it was taken out
    ours: str  # empty if ours has no such text
    own: str  # empty if it was taken out

    def words(self) -> str:
        """What changed, in words."""
        if not self.ours:
            return f"新增“{self.own}”"
        return f"删去“{self.ours}”" if not self.own else f"“{self.ours}”改为“{self.own}”"


def differences(shipped: Path, own: Path) -> list[Difference]:
    """All differences of text, in order."""
    before, after = _texts(shipped), _texts(own)
    found: list[Difference] = []
    matcher = SequenceMatcher(None, [text for _, text in before], [text for _, text in after], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = before[old_from:old_to], after[new_from:new_to]
        for number in range(max(len(old), len(new))):
            place = new[number][0] if number < len(new) else old[number][0]
            found.append(
                Difference(
                    place,
                    old[number][1] if number < len(old) else "",
                    new[number][1] if number < len(new) else "",
                )
            )
    return found


def _texts(path: Path) -> list[tuple[Place, str]]:
    dangers.refuse(path)
    if path.suffix.lower() == ".docx":
        from xuncha_desktop.exports.doctor.paragraphs import read

        return [
            (paragraph.place, paragraph.text)
            for story in read(path)
            for paragraph in story.paragraphs
            if paragraph.text.strip() and not paragraph.shadow
        ]
    from xuncha_desktop.exports.excel.package import Package
    from xuncha_desktop.exports.excel.workbook import read as read_workbook

    return [
        (Place(sheet.title, cell=cell.coordinate), str(cell.value))
        for sheet in read_workbook(Package(path)).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
