"""What a row leaves open and follows from what it says: codes and kinds from names, a title from the text."""

import re
from collections.abc import Mapping
from typing import Any

from xuncha_desktop.services import proposals
from xuncha_desktop.services.imports.kinds import ImportKind

_LONGEST_TITLE, _MEMBER_CODE = 40, 3
_ABOVE = re.compile(
    r"^(?:中国共产党|中共)?.{1,8}?(?:镇|乡|街道)(?=.{1,8}(?:村|社区))"
)  # the village alone names the code
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
Codes = set[str]


def derived(kind: ImportKind, values: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    """Values for fields the row leaves open; notes a new code among those given."""
    match kind.name:
        case "unit":
            return _open(values, _unit(values["name"])) | _code(kind, values, codes)
        case "member":
            return _open(values, {"role": "handler"}) | _code(kind, values, codes)
        case _:
            return {}


def title_of(text: str) -> str:
    """A title for a record that is only told at length: the beginning of its first sentence."""
    found = _SENTENCE.search(text)
    first = found[0].strip() if found else text
    return first if len(first) <= _LONGEST_TITLE else f"{first[: _LONGEST_TITLE - 1]}…"


def person(name: str) -> str:
    """A person's name without the blanks that lists put into short ones: 张　三."""
    squeezed = re.sub(r"\s+", "", name)
    return squeezed if re.fullmatch(r"[\u3400-\u9fff·]+", squeezed) else name


def _unit(name: str) -> dict[str, Any]:
    return {
        "short_name": proposals.short_name(name),
        "kind": proposals.kind(name),
        "party_body": proposals.party_body(name),
    }


def _open(values: Mapping[str, Any], proposed: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in proposed.items() if value and not values.get(name)}


def _code(kind: ImportKind, values: Mapping[str, Any], codes: Codes) -> dict[str, Any]:
    """A code nobody has: the proposed one, its end replaced by the first number that makes it free."""
    if values.get("code"):
        return {}
    of_unit = kind.name == "unit"
    base = proposals.unit_code(_ABOVE.sub("", values["name"])) if of_unit else proposals.member_code(values["name"])
    code, number = base, 2
    while code and code in codes:
        kept = base if of_unit else base[: _MEMBER_CODE - len(str(number))]
        code, number = f"{kept}{number}", number + 1
    codes.add(code)
    return {"code": code} if code else {}
