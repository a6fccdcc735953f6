"""The lines of the 核对册: what each passage of the report rests on, and each number of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from xuncha_desktop.exports.book import adding_up, agreeing
from xuncha_desktop.exports.book.adding_up import Part
from xuncha_desktop.exports.book.passages import NUMBER, Number, Passage, Piece
from xuncha_desktop.exports.traces import Source
from xuncha_desktop.model import Kind, entities, fields
from xuncha_desktop.services.export_data import InspectionData, PaperLine, Values
from xuncha_desktop.services.report_checks.numbers import statements
from xuncha_desktop.services.report_checks.statement import Statement, Totals, totals

SERIALS = (".number", ".mark")  # where in the report's data the numbers stand that the program gives
_LONGEST_QUOTE = 80
_MOST_PROOFS, _MOST_PLACES = 8, 8
_FEWEST_ALIKE, _MOST_ALIKE = 3, 3  # characters with the unit behind, papers named


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of one number: where it comes from, or why nobody knows."""

    number: str
    serial: bool = False  # the program numbers by itself
    note: str = ""
    fault: str = ""  # why it has no source


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a passage or a counted number of it, the source in words, the proofs, the addition."""

    order: int
    band: str
    text: str
    claims: tuple[Claim, ...]
    origin: str
    proof: str
    addition: str = ""


@dataclass
class Rows:
    """Makes the lines one after another; what was said of a paper before is not said again."""

    data: InspectionData
    made: list[Row] = field(default_factory=list)
    _told: dict[str, int] = field(default_factory=dict)  # lines that told the proofs of a paper in full, by paper
    _amounts: dict[str, list[int]] = field(default_factory=dict)  # lines that say a paper's amount, by paper

    @cached_property
    def papers(self) -> dict[str, PaperLine]:
        """The papers in the report by id."""
        return {line.id: line for line in self.data.papers}

    @cached_property
    def totals(self) -> Totals:
        """What hand-written counts and sums are held against."""
        return totals(self.data)

    def add(self, passage: Passage) -> None:
        """A line for the passage, and one for each counted number where it has several."""
        counted = [piece for piece in passage.pieces if _is_counted(piece)]
        if len(counted) < 2:
            self._add(passage, passage.numbers)
            return
        self._add(passage, [number for number in passage.numbers if not _is_counted(number.piece)], bare=True)
        for piece in counted:
            part = passage.within(piece.start, piece.end)
            self._add(part, part.numbers)

    def _add(self, passage: Passage, numbers: Iterable[Number], *, bare: bool = False) -> None:
        order = len(self.made) + 1
        papers = list(dict.fromkeys(source.record for source in _sources(passage) if source.record in self.papers))
        said = list(statements(passage.text, passage.section, self.totals)) if _by_hand(passage) else []
        claims = [self._claim(passage, number, said, order) for number in numbers]
        notes = [f"{claim.number}：没有出处，见册首" if claim.fault else claim.note for claim in claims]
        notes += (
            words
            for record in papers
            if record not in self._told
            for words in agreeing.missing(self.papers[record].paper)
        )
        proofs = [self._proof(record, passage, order) for record in papers]
        origin = [*self._origins(passage, bare=bare), *notes]
        addition = "" if bare else self._addition(passage, said)
        row = Row(order, passage.band, passage.text, tuple(claims), _lines(origin), _lines(proofs), addition)
        self.made.append(row)

    def _claim(self, passage: Passage, number: Number, said: list[Statement], order: int) -> Claim:
        text = passage.text[number.start : number.end]
        if number.piece is None:
            return Claim(text, fault="模板里的文字")
        source = number.piece.source
        if source is None:
            if number.piece.path.endswith(SERIALS):
                return Claim(text, serial=True, note=f"{text}：程序编的序号")
            return Claim(text, fault="程序写入，没有注明出处")
        if source.entity == "paper" and not source.counted:
            return self._of_paper(passage, number, self.papers[source.record], order)
        if source.entity == "report" and fields("report")[source.field].kind is not Kind.DATE:
            return self._by_hand(passage, number, said)
        if source.entity == "inspection" and source.field in self.data.counts and not source.counted:
            return Claim(text, fault="在“任务”中手填，没有记录可以逐条核对")
        return Claim(text)

    def _of_paper(self, passage: Passage, number: Number, line: PaperLine, order: int) -> Claim:
        """Its citations answer for it; the paper's own fields and the other numbers of the sentence support it."""
        text = passage.text[number.start : number.end]
        fault = _without_proof(line)
        if passage.in_table:
            lines = self._amounts.get(line.id, []) if number.piece and number.piece.path.endswith(".amount") else []
            same = f"{text}：与第 {'、'.join(map(str, lines))} 行一致" if lines else ""
            return Claim(text, note=same, fault=fault)
        name, note = agreeing.agreement(passage.text, number.start, number.end, line.paper)
        if name == "amount":
            self._amounts.setdefault(line.id, []).append(order)
        return Claim(text, note=note or agreeing.share(passage, passage.numbers.index(number)), fault=fault)

    def _by_hand(self, passage: Passage, number: Number, said: list[Statement]) -> Claim:
        """A count or sum that agrees with the papers has them as its source; of all else somebody has to say it."""
        text = passage.text[number.start : number.end]
        for statement in said:
            if statement.start <= number.start < statement.start + statement.length:
                if statement.agrees:
                    case = "案卷里登记的" if statement.kind in self.data.counts else "底稿算出的"
                    return Claim(text, note=f"{text}：与{case}一致")
                return Claim(text, fault=f"手写；{statement.words}")
        alike = self._alike.get(passage.text[number.start : number.end + 1], [])
        hint = f"，底稿 {'、'.join(alike[:_MOST_ALIKE])} 的文字中有同一数字" if alike else ""
        return Claim(text, fault=f"手写，没有注明出处{hint}")

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        """Papers by the numbers of their texts, each with the unit behind it."""
        found: dict[str, dict[str, None]] = {}
        for line in self.data.papers:
            for text in agreeing.printed(line.paper):
                for match in NUMBER.finditer(text):
                    said = text[match.start() : match.end() + 1]
                    if len(said) >= _FEWEST_ALIKE and said[-1] not in "年月日":
                        found.setdefault(said, {})[called(line)] = None
        return {said: list(papers) for said, papers in found.items()}

    def _origins(self, passage: Passage, *, bare: bool) -> Iterator[str]:
        """Each record with the fields that stand in the passage; a row of the table names its paper alone."""
        named: dict[tuple[str, str], dict[str, None]] = {}
        for source in _sources(passage):
            if source.counted and not bare:
                yield "统计数字，见下行"
            elif not source.counted:
                named.setdefault((source.entity, source.record), {})[source.field] = None
        for (entity, record), names in named.items():
            labels = "、".join(fields(entity)[name].label for name in names)
            if entity != "paper":
                by_hand = "（手写）" if entity == "report" and any(map(_is_text, names)) else ""
                yield f"{entities()[entity].LABEL}：{labels}{by_hand}"
            elif not passage.in_table:
                yield f"底稿 {called(self.papers[record])}：{labels}"
            else:
                yield f"底稿 {called(self.papers[record])}"
        if bare:
            yield "各统计数字逐项列在下面"
        elif not named and not any(map(_is_counted, passage.pieces)):
            yield "固定文字"

    def _proof(self, record: str, passage: Passage, order: int) -> str:
        """All that its citations say where the paper comes first, later their numbers and pages."""
        found = _by_name(self.papers[record].evidence)
        if not found:
            return "（没有引用支撑材料）"
        if record not in self._told:
            self._told[record] = order
            return "\n".join(_in_full(cited) for cited in found)
        said = {passage.text[number.start : number.end] for number in passage.numbers}
        rest = f"等 {len(found)} 件，见第 {self._told[record]} 行" if len(found) > _MOST_PROOFS else ""
        return _lines((*(_in_short(cited, said) for cited in found[:_MOST_PROOFS]), rest))

    def _addition(self, passage: Passage, said: list[Statement]) -> str:
        counted = [piece for piece in passage.pieces if _is_counted(piece)]
        found = [self._counted(piece) for piece in counted]
        found += [self._stated(statement) for statement in said if statement.agrees]
        return "\n".join(filter(None, found))

    def _stated(self, statement: Statement) -> str:
        if statement.kind in self.data.counts:
            return self._of_shares(statement.kind) if statement.kind in self.data.shares else ""
        return self._of_papers(statement.kind, statement.papers)

    def _counted(self, piece: Piece) -> str:
        assert piece.source and piece.source.counted
        source, counted = piece.source, piece.source.counted
        if source.entity == "paper":
            return self._of_papers("amount", counted.records)
        return self._of_shares(source.field)

    def _of_shares(self, counter: str) -> str:
        parts = [Part(share.number, share.amount) for share in self.data.shares[counter]]
        label = entities()[self.data.counted[counter].entity].LABEL
        if any(part.amount > 1 for part in parts):
            return f"由 {sum(part.amount > 0 for part in parts):,} 条{label}相加：{adding_up.total(parts)}"
        return f"由{label}逐条计数：{adding_up.count(parts)}"

    def _of_papers(self, kind: str, records: Iterable[str]) -> str:
        lines = [self.papers[record] for record in records]
        if kind == "amount":
            paid = [Part(called(line), line.paper["amount"] or 0) for line in lines]
            return f"由 {sum(part.amount > 0 for part in paid):,} 份底稿的涉及金额相加：{adding_up.paid(paid)}"
        if kind == "problems":
            return f"由写入报告的底稿逐份计数：{adding_up.count(Part(called(line), 1) for line in lines)}"
        return "由报告中有底稿的标题计数"


def called(line: PaperLine) -> str:
    """The number a paper is filed under."""
    return line.paper["official_number"] or line.paper["number"] or "（无编号）"


def _without_proof(line: PaperLine) -> str:
    if not line.evidence:
        return f"底稿 {called(line)} 没有引用支撑材料"
    return f"底稿 {called(line)} 引用的材料都已删改，要重新核对" if all(p["stale"] for p in line.evidence) else ""


def _sources(passage: Passage) -> Iterator[Source]:
    return (piece.source for piece in passage.pieces if piece.source)


def _by_hand(passage: Passage) -> bool:
    return any(source.entity == "report" for source in _sources(passage))


def _is_counted(piece: Piece | None) -> bool:
    return bool(piece and piece.source and piece.source.counted)


def _is_text(name: str) -> bool:
    return fields("report")[name].kind is not Kind.DATE


def _by_name(proofs: Iterable[Values]) -> list[list[Values]]:
    """The places cited, those of one piece together."""
    found: dict[str, list[Values]] = {}
    for proof in proofs:
        found.setdefault(proof["id"], []).append(proof)
    return list(found.values())


def _in_full(cited: list[Values]) -> str:
    """The piece with its name and pages, what is quoted of it, and why it has to be looked at again."""
    words = "　".join(filter(None, (cited[0]["number"], cited[0]["name"], "、".join(_distinct(cited)))))
    passages = [proof["passage"].replace("\n", " ") for proof in cited if proof["passage"]]
    cut = [text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}……" for text in passages]
    return _lines((words, *(f"引文：“{text}”" for text in cut), *(proof["stale"] for proof in cited)))


def _in_short(cited: list[Values], said: set[str]) -> str:
    found = [match.group() for proof in cited for match in NUMBER.finditer(proof["passage"])]
    quoted = "、".join(dict.fromkeys(number for number in found if number in said))
    name = cited[0]["number"] or cited[0]["name"]
    return f"{name} {_places(cited)}{f'（引文中有 {quoted}）' if quoted else ''}"


def _places(cited: list[Values]) -> str:
    places = _distinct(cited)
    rest = f"等 {len(places)} 处" if len(places) > _MOST_PLACES else ""
    return "、".join(places[:_MOST_PLACES]) + rest


def _distinct(cited: list[Values]) -> list[str]:
    return list(dict.fromkeys(map(_place, cited)))


def _place(proof: Values) -> str:
    return proof["place"] or ("（整条记录）" if proof["record"] else "（未注页码）")


def _lines(found: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, found)))
