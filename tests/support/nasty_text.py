"""Texts that go wrong somewhere on their way into a database, Word or Excel and back."""

from xuncha_desktop.text import clean_text

EVERY_CHARACTER = clean_text("".join(map(chr, range(0x20, 0x10000))))
STRINGS = (
    "a<b & c>d", "{{x}}", "{_{", "%_}", "{% if %}", "_x0041_", "=1+1", "+1", "-1", "@a", "]]>", "&amp;",
    "<img src=x>", "\\n", "'", '"', "‘’“”", "　", "😀👩\u200d👧", "𠮷𪚥", "豈\ufa11", "é e\u0301",
    "第一行\n第二行\n\n第四行", "左\t右", " 前后有空格 ",
)  # fmt: skip
NASTY = EVERY_CHARACTER + "".join(STRINGS) + "尾"
LONG = "长文" * 100_000
