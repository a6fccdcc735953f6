"""The records of a case: one noun a file, each column described once."""

from xuncha_desktop.model.base import Base, Entity, Row, entities, fields, journal_columns
from xuncha_desktop.model.case import Case, Replica
from xuncha_desktop.model.checklist import CheckItem, Checklist, CheckResult
from xuncha_desktop.model.evidence import Citation, Evidence
from xuncha_desktop.model.field import Field, Kind, Policy
from xuncha_desktop.model.inspection import Inspection
from xuncha_desktop.model.journal import Batch, Change, Head, Meta
from xuncha_desktop.model.link import Link
from xuncha_desktop.model.paper import Paper, PaperParty
from xuncha_desktop.model.problem_type import ProblemType
from xuncha_desktop.model.report import ExportRecord, Report, ReportEntry, ReportText
from xuncha_desktop.model.round import Deadline, Heading, HeadingSet, Round
from xuncha_desktop.model.team import Inspector, Member, Team
from xuncha_desktop.model.unit import Unit

__all__ = [
    "Base",
    "Batch",
    "Case",
    "Change",
    "CheckItem",
    "CheckResult",
    "Checklist",
    "Citation",
    "Deadline",
    "Entity",
    "Evidence",
    "ExportRecord",
    "Field",
    "Head",
    "Heading",
    "HeadingSet",
    "Inspection",
    "Inspector",
    "Kind",
    "Link",
    "Member",
    "Meta",
    "Paper",
    "PaperParty",
    "Policy",
    "ProblemType",
    "Replica",
    "Report",
    "ReportEntry",
    "ReportText",
    "Round",
    "Row",
    "Team",
    "Unit",
    "entities",
    "fields",
    "journal_columns",
]
