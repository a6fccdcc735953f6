"""Names of party organisations: each by its own full or short name, the same everywhere."""

import re
from collections.abc import Iterator

from xuncha_desktop.services.report_checks.passages import Draft, Fault

_BODY = re.compile(r"(?:党工委|党总支|党支部|党委|党组)$")
_BODIES = r"(?:党工委|党总支|党支部|党组(?![织成])|党委(?![会办员书]))"


def faults(draft: Draft) -> Iterator[Fault]:
    """A known organisation with another kind of party body, or 中共 before its short name."""
    shorts = {short for _, short in draft.units if _BODY.search(short)}
    stems = {_BODY.sub("", short): short for short in shorts}
    stems.pop("", None)
    if not stems:
        return
    # The longest stem first: 虚构镇无名村 before 虚构镇.
    known = "|".join(re.escape(stem) for stem in sorted(stems, key=len, reverse=True))
    pattern = re.compile(f"(中共)?({known})({_BODIES})")
    for passage in draft.passages:
        for match in pattern.finditer(passage.text):
            wanted, written = stems[match[2]], match[2] + match[3]
            # One place may have both a 党委 and a 党支部: each is right where the case knows it.
            if written in shorts and not match[1]:
                continue
            right = written if written in shorts else wanted
            words = f"“{match[0]}”不是规范的名称；简称应写作“{right}”"
            yield Fault("wording", words, passage, match.start(), len(match[0]), right)
