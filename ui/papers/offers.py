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
from xuncha_desktop.services import papers, proposals

_FIELDS = ("title", "verified_facts", "basis", "parties")
Values = Mapping[str, Any]


class Offers:
    """Keeps the proposals of one paper's form as its contents are."""

    def __init__(self, context: Context, form: RecordForm) -> None:
        self._context, self._form = context, form
        self._type = ("", "")  # id and code of the problem type last asked for
        self._party: tuple[str, dict[str, str]] = ("", {})  # of an inspection

    def show(self, values: Values, *, locked: bool) -> None:
        """Offer what fits the paper as it stands on the screen; a locked one is offered nothing."""
        for name in _FIELDS:
            if (box := self._form.boxes.get(name)) is not None:
                box.propose([] if locked else list(self._of(name, values)))

    def type_code(self, values: Values) -> str:
        """The code of the problem type chosen, or an empty text."""
        chosen = values.get("problem_type") or ""
        if chosen != self._type[0]:
            self._type = (chosen, papers.type_code(self._context.store, chosen) if chosen else "")
        return self._type[1]

    def _of(self, name: str, values: Values) -> Iterator[Proposal]:
        overview, written = rich.plain(values.get("overview") or ""), values.get(name)
        if name == "title" and not written and (title := proposals.paper_title(overview)):
            yield Proposal(f"用作名称：{title}", partial(self._fill, name, title), "问题概述的第一句")
        elif name == "verified_facts" and not written and overview:
            yield Proposal("从问题概述带入", partial(self._fill, name, overview), "带入后在此基础上补充查证经过")
        elif name == "basis":
            yield from self._bases(written or "", self.type_code(values))
        elif name == "parties" and (party := self._usual_party()):
            words = f"{PARTY_KINDS[party['kind']]}：{party['name']}"
            if all((row["kind"], row["name"]) != (party["kind"], party["name"]) for row in written or ()):
                rows = (*(written or ()), {"id": new_id(), **party})
                yield Proposal(words, partial(self._fill, name, rows), "被巡察党组织；是否由它负责，请核对后再添加")

    def _bases(self, written: str, type_code: str) -> Iterator[Proposal]:
        for basis in proposals.usual_bases(type_code):
            if basis.citation not in written:
                text = f"{written.rstrip()}\n{basis.citation}" if written.strip() else basis.citation
                detail = "　".join(filter(None, (basis.citation, basis.note)))
                yield Proposal(f"《{basis.name}》", partial(self._fill, "basis", text), detail)

    def _usual_party(self) -> dict[str, str]:
        inspection = self._context.inspection
        if inspection != self._party[0]:
            self._party = (inspection, papers.usual_party(self._context.store, inspection))
        return self._party[1]

    def _fill(self, name: str, value: Any) -> None:
        self._form.leave()  # first what was typed before, so that one undo takes back just this
        self._form.fill(name, value)
        self._form.focus(name)
