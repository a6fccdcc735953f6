"""句式库 and 依据库: what papers are begun from and measured against, as the team wants it."""

from collections.abc import Mapping

from ui.context import Context
from ui.settings.case_list import CaseList, CaseListPage
from ui.tables.list_setup import ListSetup
from ui.tables.two_lines import TwoLines


class PhrasesPage(CaseListPage):
    """The sentence patterns of this case."""

    TITLE = "句式库"

    def __init__(self, context: Context) -> None:
        setup = ListSetup(
            name="phrases",
            title=self.TITLE,
            entity="phrase",
            imports="phrase",
            columns=("point", "fact", "problem_type"),
            describe=_describe_phrase,
            filters=("problem_type",),
            groups=("problem_type",),
            sorts=("point", "problem_type"),
            empty="这里放句式：写底稿时在“问题概述”旁边选用，空白处按 Tab 逐个填写。已有清单的，可以从 Excel 导入。",
            first_step="新增句式",
        )
        super().__init__(
            context, CaseList(setup, "新增句式", ("problem_type",), _never_needed, frozenset({"problem_type"}))
        )
        self.panel.first_step_asked.connect(self.new_record)


class LegalBasesPage(CaseListPage):
    """The legal bases of this case."""

    TITLE = "依据库"

    def __init__(self, context: Context) -> None:
        setup = ListSetup(
            name="legal-bases",
            title=self.TITLE,
            entity="legal_basis",
            imports="legal_basis",
            columns=("name", "document_number", "article", "kind", "problem_types"),
            describe=_describe_basis,
            filters=("kind", "problem_types"),
            groups=("kind",),
            sorts=("name", "kind", "document_number"),
            empty="这里放依据：法规和本地制度，写底稿时在“定性依据”旁边选用。已有清单的，可以从 Excel 导入。",
            first_step="新增依据",
        )
        super().__init__(context, CaseList(setup, "新增依据", ("kind",), _never_needed, frozenset({"name"})))
        self.panel.first_step_asked.connect(self.new_record)


def _describe_phrase(cells: Mapping[str, str]) -> TwoLines:
    return TwoLines(cells.get("point", ""), second=cells.get("problem_type", "") or "各类通用")


def _describe_basis(cells: Mapping[str, str]) -> TwoLines:
    below = (cells.get(name, "") for name in ("article", "document_number", "problem_types"))
    return TwoLines(cells.get("name", ""), second="　".join(filter(None, below)), right=cells.get("kind", ""))


def _never_needed(context: Context, record: str) -> str:
    """Papers keep the words they took over, so each of these can go."""
    return ""
