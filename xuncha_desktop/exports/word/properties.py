"""A paragraph's properties, each at the place the schema has for it: Word refuses another order."""

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.word.bookmarks import W

_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
    "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
    "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_PLACES = {W + name: place for place, name in enumerate(_ORDER)}


def properties_of(paragraph: "etree._Element") -> "etree._Element":
    """The properties, made where there are none."""
    found = paragraph.find(W + "pPr")
    if found is None:
        found = etree.Element(W + "pPr")
        paragraph.insert(0, found)
    return found


def put(properties: "etree._Element", name: str, **values: str) -> "etree._Element":
    """One property with these values, made where there is none yet."""
    found = properties.find(W + name)
    if found is None:
        found = etree.Element(W + name)
        behind = [child for child in properties if _PLACES.get(child.tag, -1) > _PLACES[W + name]]
        if behind:
            behind[0].addprevious(found)
        else:
            properties.append(found)
    for key, value in values.items():
        found.set(W + key, value)
    return found
