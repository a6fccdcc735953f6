"""Make the shipped templates again: `python -m templates_docx.make_templates [folder]`."""

import sys
from pathlib import Path

from templates_docx.paper_template import build_paper
from templates_docx.report_template import build_report

BUILDERS = {"report.docx": build_report, "paper.docx": build_paper}


def make(folder: Path) -> None:
    """Write every shipped template into `folder`."""
    for name, build in BUILDERS.items():
        build().save(str(folder / name))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
