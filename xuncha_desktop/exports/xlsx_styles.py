"""Cell formats of a template, and the few variants of them that data needs."""

import re

_FORMATS = re.compile(r"(<cellXfs\b[^>]*>)(.*?)(</cellXfs>)", re.DOTALL)
_FORMAT = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_SHORT_DATE = "14"


class Styles:
    """The style part; unchanged unless a variant was asked for."""

    def __init__(self, source: bytes) -> None:
        self._source = source.decode("utf-8")
        match = _FORMATS.search(self._source)
        self._formats = _FORMAT.findall(match[2]) if match else ["<xf/>"]
        self._known = len(self._formats)
        self._variants = dict[tuple[int, str], int]()

    def quoted(self, style: int) -> int:
        """The same format for text that must never be computed (=1+1 stays =1+1 when the cell is edited)."""
        return self._variant(style, "quotePrefix", {"quotePrefix": "1"})

    def dated(self, style: int) -> int:
        """The same format showing a date, for a template whose column would show a bare number."""
        return self._variant(style, "numFmtId", {"numFmtId": _SHORT_DATE, "applyNumberFormat": "1"})

    def _variant(self, style: int, kind: str, changes: dict[str, str]) -> int:
        if (style, kind) not in self._variants:
            format_ = self._formats[style]
            for name, value in changes.items():
                format_ = re.sub(rf'\s{name}="[^"]*"', "", format_, count=1)
                format_ = format_.replace("<xf", f'<xf {name}="{value}"', 1)
            self._variants[style, kind] = len(self._formats)
            self._formats.append(format_)
        return self._variants[style, kind]

    def changed(self) -> bytes | None:
        """The style part with the variants appended; None if none was needed."""
        if len(self._formats) == self._known:
            return None
        return _FORMATS.sub(self._with_variants, self._source, count=1).encode("utf-8")

    def _with_variants(self, match: re.Match[str]) -> str:
        start = re.sub(r'count="\d+"', f'count="{len(self._formats)}"', match[1])
        return start + match[2] + "".join(self._formats[self._known :]) + match[3]
