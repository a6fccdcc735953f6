"""The records of a case: one noun a file, each column described once."""

from xuncha_desktop.model.base import Base, Entity, Row, entities, fields, journal_columns
from xuncha_desktop.model.borrowing import Borrowing
from xuncha_desktop.model.case import Case, Replica
from xuncha_desktop.model.checklist import CheckItem, Checklist, CheckResult
from xuncha_desktop.model.evidence import Citation, Evidence
from xuncha_desktop.model.fact_check import FactCheck
from xuncha_desktop.model.field import LONG_TEXTS, Field, Kind, Policy
from xuncha_desktop.model.hearing import Hearing
from xuncha_desktop.model.inspection import Inspection
from xuncha_desktop.model.interview import Interview, Interviewee, InterviewSummary
from xuncha_desktop.model.journal import Batch, Change, Head, Meta
from xuncha_desktop.model.library import LegalBasis, Phrase
from xuncha_desktop.model.link import Link
from xuncha_desktop.model.meeting import AgendaItem, Decision, Meeting, PaperConclusion
from xuncha_desktop.model.paper import Paper, PaperPair, PaperParty
from xuncha_desktop.model.petition import Petition
from xuncha_desktop.model.poll import Poll, PollComment, PollQuestion
from xuncha_desktop.model.problem_type import ProblemType
from xuncha_desktop.model.quick_fix import QuickFix
from xuncha_desktop.model.report import ExportRecord, ExportTrace, Report, ReportEntry, ReportText
from xuncha_desktop.model.round import Deadline, Heading, HeadingSet, Round
from xuncha_desktop.model.team import Inspector, Member, Team
from xuncha_desktop.model.unit import Unit
from xuncha_desktop.model.visit import Visit, VisitRequest
from xuncha_desktop.model.voucher import Voucher

__all__ = [
    "LONG_TEXTS",
    "AgendaItem",
    "Base",
    "Batch",
    "Borrowing",
    "Case",
    "Change",
    "CheckItem",
    "CheckResult",
    "Checklist",
    "Citation",
    "Deadline",
    "Decision",
    "Entity",
    "Evidence",
    "ExportRecord",
    "ExportTrace",
    "FactCheck",
    "Field",
    "Head",
    "Heading",
    "HeadingSet",
    "Hearing",
    "Inspection",
    "Inspector",
    "Interview",
    "InterviewSummary",
    "Interviewee",
    "Kind",
    "LegalBasis",
    "Link",
    "Meeting",
    "Member",
    "Meta",
    "Paper",
    "PaperConclusion",
    "PaperPair",
    "PaperParty",
    "Petition",
    "Phrase",
    "Policy",
    "Poll",
    "PollComment",
    "PollQuestion",
    "ProblemType",
    "QuickFix",
    "Replica",
    "Report",
    "ReportEntry",
    "ReportText",
    "Round",
    "Row",
    "Team",
    "Unit",
    "Visit",
    "VisitRequest",
    "Voucher",
    "entities",
    "fields",
    "journal_columns",
]
