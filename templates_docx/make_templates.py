"""Make the shipped templates again: `python -m templates_docx.make_templates [folder]`."""

import sys
from pathlib import Path

from templates_docx import official_templates, record_templates, table_templates
from templates_docx.check_book_template import build_check_book
from templates_docx.paper_template import build_paper
from templates_docx.report_template import build_report
from templates_docx.volume_template import build_volume

BUILDERS = {
    "report.docx": build_report,
    "check_book.docx": build_check_book,
    "paper.docx": build_paper,
    "volume.docx": build_volume,
    "briefing.docx": official_templates.build_briefing,
    "feedback.docx": official_templates.build_feedback,
    "feedback_head.docx": official_templates.build_feedback,
    "talk_report.docx": official_templates.build_talk_report,
    "poll_report.docx": official_templates.build_poll_report,
    "quick_fix.docx": official_templates.build_quick_fix,
    "interview.docx": record_templates.build_interview,
    "petition.docx": record_templates.build_petition,
    "visit.docx": record_templates.build_visit,
    "voucher.docx": record_templates.build_voucher,
    "meeting.docx": record_templates.build_meeting,
    "fact_check.docx": record_templates.build_fact_check,
    "recusal.docx": record_templates.build_recusal,
    "borrowings.docx": table_templates.build_borrowings,
    "quick_fixes.docx": table_templates.build_quick_fixes,
    "hearings.docx": table_templates.build_hearings,
    "team.docx": table_templates.build_team,
    "inspectors.docx": table_templates.build_inspectors,
    "archive_index.docx": table_templates.build_archive_index,
}


def make(folder: Path) -> None:
    """Write every shipped template into `folder`."""
    for name, build in BUILDERS.items():
        build().save(str(folder / name))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
