"""What a paper's fields could say, offered under them: from what is written already, and from the trade's usage."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ui.context import Context
from ui.forms.proposals import Proposal
from ui.forms.record_form import RecordForm
from xuncha_desktop import rich
from xuncha_desktop.model.choices import PARTY_KINDS
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import library, papers, proposals
from xuncha_desktop.services.library import Offered
from xuncha_desktop.store.journal import Changes

_FIELDS = ("title", "verified_facts", "basis", "parties")
_OF_LIBRARY = frozenset({"legal_basis", "problem_type", "link"})
Values = Mapping[str, Any]


class Offers:
    """Keeps the proposals of one paper's form as its contents are."""

    def __init__(self, context: Context, form: RecordForm) -> None:
        self._context, self._form = context, form
        self._usual: tuple[str, list[Offered]] = ("", [])  # bases of the problem type last asked for
        self._party: tuple[str, dict[str, str]] = ("", {})  # of an inspection
        self._shown: tuple[Values, bool] = ({}, True)
        context.bus.changed.connect(self._follow)

    def show(self, values: Values, *, locked: bool) -> None:
        """Offer what fits the paper as it stands on the screen; a locked one is offered nothing."""
        self._shown = (values, locked)
        for name in _FIELDS:
            if (box := self._form.boxes.get(name)) is not None:
                box.propose([] if locked else list(self._of(name, values)))

    def _of(self, name: str, values: Values) -> Iterator[Proposal]:
        overview, written = rich.plain(values.get("overview") or ""), values.get(name)
        if name == "title" and not written and (title := proposals.paper_title(overview)):
            yield Proposal(f"用作名称：{title}", partial(self._fill, name, title), "问题概述的第一句")
        elif name == "verified_facts" and not written and overview:
            yield Proposal("从问题概述带入", partial(self._fill, name, overview), "带入后在此基础上补充查证经过")
        elif name == "basis":
            yield from self._bases(written or "", values.get("problem_type") or "")
        elif name == "parties" and (party := self._usual_party()):
            words = f"{PARTY_KINDS[party['kind']]}：{party['name']}"
            if all((row["kind"], row["name"]) != (party["kind"], party["name"]) for row in written or ()):
                rows = (*(written or ()), {"id": new_id(), **party})
                yield Proposal(words, partial(self._fill, name, rows), "被巡察党组织；是否由它负责，请核对后再添加")

    def _bases(self, written: str, problem_type: str) -> Iterator[Proposal]:
        if problem_type != self._usual[0]:
            self._usual = (problem_type, library.usual_bases(self._context.store, problem_type))
        for basis in self._usual[1]:
            if basis.text not in written:
                text = f"{written.rstrip()}\n{basis.text}" if written.strip() else basis.text
                detail = "　".join(filter(None, (basis.text, basis.detail)))
                yield Proposal(basis.brief, partial(self._fill, "basis", text), detail)

    def _usual_party(self) -> dict[str, str]:
        inspection = self._context.inspection
        if inspection != self._party[0]:
            self._party = (inspection, papers.usual_party(self._context.store, inspection))
        return self._party[1]

    def _follow(self, news: Changes) -> None:
        """The library was changed, or what its bases are usual for."""
        if not news.records.keys().isdisjoint(_OF_LIBRARY):
            self._usual = ("", [])
            values, locked = self._shown
            self.show(values, locked=locked)

    def _fill(self, name: str, value: Any) -> None:
        self._form.leave()  # first what was typed before, so that one undo takes back just this
        self._form.fill(name, value)
        self._form.focus(name)
