"""What report and ledger of an inspection have in common on their check sheets."""

from xuncha_desktop.exports.check_sheet import Finding, conflict_findings, paper_findings
from xuncha_desktop.services import export_checks
from xuncha_desktop.services.export_data import InspectionData
from xuncha_desktop.store.store import Store


def findings(store: Store, data: InspectionData) -> list[Finding]:
    """Gaps and conflicts of the papers that go in, and how many stay out and why."""
    found: list[Finding] = []
    if not data.values["unit"]["name"]:
        found.append(
            Finding("missing", "巡察任务没有选被巡察党组织，或它没有全称", True, "inspection", data.inspection, "unit")
        )
    if not data.papers:
        words = "还没有可以写入的底稿（已审签、去向为报告）"
        found.append(Finding("missing", words, True, "paper", data.standing.first_unapproved))
    for line in data.papers:
        found += paper_findings(line, stops_only=True)
    if data.unsorted:
        text = f"{data.unsorted} 份底稿没有归入报告框架的任何标题，请选问题分类或报告标题"
        found.append(Finding("missing", text, True))
    called = {line.id: ("paper", line.paper["title"] or line.paper["number"]) for line in data.papers}
    if data.report_id:
        called[data.report_id] = ("report", data.report["title"])
    called[data.inspection] = ("inspection", data.values["unit"]["short_name"])
    found += conflict_findings(export_checks.disputed(store, called), called)
    standing = data.standing
    if standing.unapproved:
        words = f"{standing.unapproved} 份底稿未审签，不写入"
        found.insert(0, Finding("unapproved", words, False, "paper", standing.first_unapproved))
    if standing.elsewhere:
        found.append(Finding("left_out", f"{standing.elsewhere} 份已审签底稿的去向不是报告，不写入"))
    if standing.left_out:
        found.append(Finding("left_out", f"{standing.left_out} 份已审签底稿按“不写入”的标记不写入"))
    if data.papers:
        found.append(Finding("chain", f"{len(data.papers)} 份底稿未经审签链：用“标为已审签”直接通过，没有逐级签批记录"))
    return found
