"""Cell formats of a template, and the few variants of them that data needs."""

import re

_FORMATS = re.compile(r"(<cellXfs\b[^>]*>)(.*?)(</cellXfs>)", re.DOTALL)
_FORMAT = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_FONTS = re.compile(r"(<fonts\b[^>]*>)(.*?)(</fonts>)", re.DOTALL)
_FONT = re.compile(r"<font\b[^>]*?(?:/>|>.*?</font>)", re.DOTALL)
_FONT_ID = re.compile(r'\sfontId="(\d+)"')
_COLOUR = re.compile(r"<color\b[^>]*/>")
_SHORT_DATE, _LIGHTER = "14", '<color rgb="FF666666"/>'


class Styles:
    """The style part; unchanged unless a variant was asked for."""

    def __init__(self, source: bytes) -> None:
        self._source = source.decode("utf-8")
        match = _FORMATS.search(self._source)
        self._formats = _FORMAT.findall(match[2]) if match else ["<xf/>"]
        fonts = _FONTS.search(self._source)
        self._fonts = _FONT.findall(fonts[2]) if fonts else []
        self._known, self._known_fonts = len(self._formats), len(self._fonts)
        self._variants = dict[tuple[int, str], int]()

    def quoted(self, style: int) -> int:
        """The same format for text that must never be computed (=1+1 stays =1+1 when the cell is edited)."""
        return self._variant(style, "quotePrefix", {"quotePrefix": "1"})

    def dated(self, style: int) -> int:
        """The same format showing a date, for a template whose column would show a bare number."""
        return self._variant(style, "numFmtId", {"numFmtId": _SHORT_DATE, "applyNumberFormat": "1"})

    def lighter(self, style: int) -> int:
        """The same format in grey type; a template without fonts keeps its own."""
        if (style, "fontId") not in self._variants and self._fonts:
            named = _FONT_ID.search(self._formats[style])
            plain = _COLOUR.sub("", self._fonts[int(named[1]) if named else 0]).replace("<font/>", "<font></font>")
            self._fonts.append(plain.replace("</font>", f"{_LIGHTER}</font>"))
        changes = {"fontId": str(len(self._fonts) - 1), "applyFont": "1"} if self._fonts else {}
        return self._variant(style, "fontId", changes)

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
        text = _FORMATS.sub(lambda found: _appended(found, self._formats, self._known), self._source, count=1)
        return _FONTS.sub(lambda found: _appended(found, self._fonts, self._known_fonts), text, count=1).encode("utf-8")


def _appended(match: re.Match[str], entries: list[str], known: int) -> str:
    start = re.sub(r'\bcount="\d+"', f'count="{len(entries)}"', match[1])
    return start + match[2] + "".join(entries[known:]) + match[3]
