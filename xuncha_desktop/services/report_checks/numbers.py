"""Counts and sums in the texts written for the report, against the papers in it and the work the case counts."""

import re
from collections.abc import Iterator

from xuncha_desktop.model.show import money
from xuncha_desktop.services.report_checks import money_words, statement, work
from xuncha_desktop.services.report_checks.han_numbers import HAN
from xuncha_desktop.services.report_checks.money_words import AMOUNT
from xuncha_desktop.services.report_checks.passages import Draft, Fault, written_here
from xuncha_desktop.services.report_checks.statement import Statement, Sums, Totals, of_papers, written

_SENTENCE = re.compile(r"[^。！？；\n]+")
_ASPECT = rf"(?:\d+|[{HAN}]{{1,12}})个?(?:方面|大类|类)"
_PROBLEMS = re.compile(
    r"(?<![类性])(?<!此类|同类)问题(?:共|共计|合计|总数|为|：)?\s?(?P<about>约|近)?\s?(?P<behind>\d[\d,，]{0,12})\s?(?P<more>余|多)?\s?[个项条件]"
    r"|(?P<about_2>约|近)?(?<![\d.])(?P<before>\d[\d,]{0,12})\s?(?P<more_2>余|多)?[个项条件](?:突出|主要|具体)?问题"
    rf"|问题(?:共|共计|合计)?(?P<han>[{HAN}]{{1,12}})(?P<more_3>余|多)?[个项条件](?=[^\u3400-\u9fff]|$|其中|涉)"
    rf"|(?:发现|查找|查出|梳理|反馈|指出|共|共计|合计|总计)(?:了|出)?(?P<han_2>[{HAN}]{{1,12}})(?P<more_4>余|多)?"
    r"[个项条件](?:突出|主要|具体)?问题"
    rf"|(?:问题|发现|查找|查出|梳理|反馈|指出)[^，\d]{{0,6}}?{_ASPECT}(?:共|共计|计|的)?(?P<of_aspects>\d+|[{HAN}]{{1,12}})[个项条件]"
)
_SOME = re.compile(r"\d(?:余|多)?[笔份起批项张次户人件家处个]$")  # 4笔共计
# 作风方面问题9个; 研究党建问题24个; 对5个突出问题 …; 7个问题，占38.89%
_OF_SOME = re.compile(
    r"(?<!个)方面(?:的|存在的?)?(?:突出|主要)?$|(?:研究|讨论|审议|解决|办结|化解)[^，]{0,6}$|[对就把将]$"
)
_SHARE = re.compile("，?(?:约|共)?占")
_PAID = re.compile(
    r"(?:(?:涉及|涉案|涉事|涉|合计|共计|总计|累计)的?(?:各类|违规|违纪|问题)?(?:资金总额|金额总计|资金|金额|款项)?"
    r"|(?:问题|违规|违纪)(?:金额|资金)(?:总额)?|(?<![\u3400-\u9fff])(?:资金总额|金额总额|金额|资金(?=共|合计|达)))"
    rf"(?:[共合总累]计|达到|高达|[共达为是合：]){{0,3}}\s?{AMOUNT}"
)
_BARE = ("合计", "共计", "总计", "累计")
_ASPECTS = re.compile(
    r"(?<![\d.])(?<!以下)(?<!如下)(?<!下列)(?P<aspects>\d+)个方面(?=[^，。；]{0,6}问题)"
    r"|问题(?:共|共计)?(?:涉及|分属)(?:到|了)?\s?(?P<aspects_2>\d+)个方面"
    rf"|(?<![{HAN}])(?P<aspects_3>[{HAN}]{{1,12}})个方面(?:共|共计)?\d+[个项条件]"
)


def faults(draft: Draft) -> Iterator[Fault]:
    """Every count of problems, headings or work and every sum of money that differs from the case."""
    sums = statement.totals(draft.data)
    for passage in written_here(draft):
        for said in statements(passage.text, passage.section, sums):
            if not said.agrees:
                yield Fault("number", said.words, passage, said.start, said.length, said.repair)


def statements(text: str, section: int, sums: Totals) -> Iterator[Statement]:
    """Every count and sum a text gives of the papers; of those under a heading where it stands there or names it."""
    for sentence in _SENTENCE.finditer(text):
        of = section or _named(sentence[0], sums)
        meant = sums.parts[of - 1][1] if of else sums.whole
        counted = list(_counted(sentence, meant))
        yield from counted
        yield from _paid(sentence, meant, None if counted else sums)
        if not of:
            yield from _aspects(sentence, sums)
        yield from work.stated(sentence, sums)


def _named(sentence: str, sums: Totals) -> int:
    """The heading a sentence of the whole report speaks of by its title; 0 where it names none or several."""
    named = [number for number, (title, _) in enumerate(sums.parts, 1) if title in sentence]
    return named[0] if len(named) == 1 else 0


def _counted(sentence: re.Match[str], sums: Sums) -> Iterator[Statement]:
    for match in of_papers(_PROBLEMS, sentence[0]):
        if _OF_SOME.search(sentence[0], 0, match.start()) or _SHARE.match(sentence[0], match.end()):
            continue
        group = next(name for name in ("behind", "before", "han", "han_2", "of_aspects") if match[name])
        more = match["more"] or match["more_2"] or match["more_3"] or match["more_4"]
        about = match["about"] or match["about_2"]
        agrees = statement.counts(written(match[group]), {sums.problems}, about, more)
        said = f"{about or ''}{match[group]}{more or ''}"
        words = f"写了 {said} 个问题，{sums.called}是 {sums.problems:,} 个，请核对后改正"
        repair = None if about or more else str(sums.problems)
        start, end = match.span(group)
        yield Statement("problems", sentence.start() + start, end - start, agrees, words, repair, sums.papers)


def _paid(sentence: re.Match[str], sums: Sums, parts: Totals | None) -> Iterator[Statement]:
    """Sums; one that is none of the whole but of a paper or a kind of them is right as it stands."""
    for match in of_papers(_PAID, sentence[0]):
        if match[0][:2] in _BARE and _SOME.search(sentence[0], 0, match.start()):
            continue
        said = money_words.of_match(match)
        agrees = said.stands_for(sums.amount)
        if not agrees and parts and any(map(said.stands_for, parts.quoted)):
            continue
        words = f"写了 {said.words}，{sums.called}合计 {money(sums.amount)} 万元，请核对后改正"
        exact = said.unit == "万" and said.in_digits and not said.near
        repair = money(sums.amount).replace(",", "") if exact else None
        yield Statement(
            "amount", sentence.start() + said.start, said.end - said.start, agrees, words, repair, sums.papers
        )


def _aspects(sentence: re.Match[str], sums: Totals) -> Iterator[Statement]:
    for match in of_papers(_ASPECTS, sentence[0]):
        group = next(name for name in ("aspects", "aspects_2", "aspects_3") if match[name])
        words = f"写了 {match[group]} 个方面，报告里有底稿的标题是 {len(sums.parts)} 个，请核对"
        agrees = written(match[group]) == len(sums.parts)
        start, end = match.span(group)
        yield Statement("aspects", sentence.start() + start, end - start, agrees, words, None)
