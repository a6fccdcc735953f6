"""模板: which Word and Excel templates documents are made from; to change, check, compare, restore, hand on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView

from ui import ask
from ui.context import Context
from ui.desktop import open_path
from ui.settings.finding_list import FindingList
from ui.settings.page import ColumnPage, label
from ui.settings.plain_table import PlainTable
from ui.settings.template_handing import GUARD, TemplateHanding, button, documents_folder
from ui.tables.views import stand_on
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import own_templates
from xuncha_desktop.exports.doctor.findings import KINDS, Diagnosis
from xuncha_desktop.exports.own_templates import CHANGED, SHIPPED, Template
from xuncha_desktop.jobs import Progress

_LEAD = "文书和台账按下列模板生成。修改时先复制一份到自备文件夹，自带的原件不动；有自备的就用自备的。"


class TemplatesPage(ColumnPage):
    """The list above, what was found about the chosen template below."""

    TITLE = "模板"

    def __init__(self, context: Context) -> None:
        super().__init__(context, _LEAD)
        self.found: list[Template] = []
        self.diagnosis: Diagnosis | None = None
        self.table = PlainTable("模板", ("文书", "模板文件", "来源", "检查"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.change = button("用 Word/WPS 打开修改", self._change)
        self.examine = button("检查", self._examine)
        self.compare = button("与自带的比较", self._compare)
        self.restore = button("恢复自带", self._restore)
        self.handing = TemplateHanding(context)
        self.outcome = label("", "section")
        self.findings = FindingList()
        self.repair = button("修复能自动改的", self._repair)
        self.annotate = button("另存带批注的副本…", self._annotate)
        self.column.addWidget(self.table)
        self.add_row(self.change, self.examine, self.compare, self.restore)
        self.column.addWidget(self.outcome)
        self.add_row(self.repair, self.annotate)
        self.column.addWidget(self.findings)
        self.add_section("交给别的电脑", GUARD)
        self.column.addWidget(self.handing)
        self.column.addStretch(1)
        self.table.itemSelectionChanged.connect(self._choose)
        self.handing.taken.connect(self._take)
        # Once what stands there has its place.
        self.handing.told.connect(lambda: QTimer.singleShot(0, self, self._show_handing))
        self._forget()

    @property
    def chosen(self) -> Template | None:
        """The template all buttons act on."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self.found[min(rows)] if rows and min(rows) < len(self.found) else None

    def refresh(self) -> None:
        """Look again: a template may have been changed elsewhere meanwhile."""
        before = self.chosen.file if self.chosen else ""
        self.found = own_templates.listed()
        names = [template.file for template in self.found]
        self.table.blockSignals(True)
        self.table.show_rows(
            [(template.title, template.file, template.origin, _checked(template)) for template in self.found]
        )
        stand_on(self.table, names.index(before) if before in names else 0)
        self.table.blockSignals(False)
        self._show_choice()
        self.handing.refresh()

    def leave(self) -> None:
        """What was asked about a file is not asked later."""
        self.handing.forget()

    def _choose(self) -> None:
        self._forget()
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self.chosen
        self.change.setEnabled(chosen is not None)
        self.examine.setEnabled(chosen is not None)
        self.handing.offer(chosen)
        changed = chosen is not None and chosen.origin == CHANGED
        self.compare.setEnabled(changed)
        self.restore.setEnabled(changed)

    def _forget(self) -> None:
        self.diagnosis = None
        self.notice.clear()
        self._tell("", [])

    def _tell(self, heading: str, lines: list[tuple[str, str]]) -> None:
        self.outcome.setText(heading)
        self.outcome.setVisible(bool(heading))
        if heading:  # once it has its place, too
            QTimer.singleShot(0, self, self._show_outcome)
        self.findings.show_lines(lines)
        found = self.diagnosis
        readable = found is not None and not found.harmful and all(fault.kind != "file" for fault in found.faults)
        self.repair.setVisible(found is not None and readable and bool(found.mendable))
        self.annotate.setVisible(
            found is not None and readable and bool(found.faults) and found.name.lower().endswith(".docx")
        )

    def _change(self) -> None:
        if (template := self.chosen) is not None and (own := self._try(lambda: own_templates.take_over(template))):
            if not open_path(own):
                self.say("warning", f"没有能打开“{own.name}”的程序；请先安装 Word 或 WPS。")
            self.refresh()

    def _examine(self) -> None:
        if (template := self.chosen) is None:
            return

        def job(progress: Progress) -> Diagnosis:
            from xuncha_desktop.exports.doctor.doctor import examine

            return examine(template.path, template.document)

        def done(diagnosis: Diagnosis) -> None:
            own_templates.note_check(template, diagnosis)
            self.refresh()
            self.diagnosis = diagnosis
            serious, slight = len(diagnosis.serious), len(diagnosis.faults) - len(diagnosis.serious)
            heading = f"“{template.file}”有 {serious} 处错误" if serious else f"“{template.file}”没有发现错误"
            heading += f"，另有 {slight} 处提示" if slight else ""
            self._tell(
                heading,
                [
                    (f"{KINDS[fault.kind]}　{fault.place.words()}", f"{fault.cause}。{fault.advice}")
                    for fault in diagnosis.faults
                ],
            )

        self._run("正在检查模板", job, done)

    def _compare(self) -> None:
        if (template := self.chosen) is None or (shipped := template.shipped) is None:
            return

        def job(progress: Progress) -> list[tuple[str, str]]:
            from xuncha_desktop.exports.doctor.comparing import differences

            return [(found.place.words(), found.words()) for found in differences(shipped, template.path)]

        def done(lines: list[tuple[str, str]]) -> None:
            self.diagnosis = None
            heading = (
                f"“{template.file}”有 {len(lines)} 处文字与自带的不同" if lines else "文字与自带的相同，只有格式不同"
            )
            self._tell(heading, lines)

        self._run("正在比较模板", job, done)

    def _restore(self) -> None:
        template = self.chosen
        if template is None or template.origin == SHIPPED:
            return
        sentence = f"“{template.file}”恢复成程序自带的，改过的这一份移到自备文件夹的 old 中。"
        if ask.confirm(self, sentence, "恢复自带") and self._try(lambda: own_templates.restore(template)):
            self._forget()
            self.refresh()
            self.say("ok", f"“{template.file}”已恢复成自带的。")

    def _repair(self) -> None:
        template = self.chosen
        if template is None:
            return

        def job(progress: Progress) -> int:
            from xuncha_desktop.exports.doctor.mending import repair

            return repair(template.path, own_templates.take_over(template))

        def done(count: int) -> None:
            self.refresh()
            self._examine()
            self.say("ok", f"已改好 {count} 处，写在自备的“{template.file}”里。")

        self._run("正在修复模板", job, done)

    def _annotate(self) -> None:
        template, diagnosis = self.chosen, self.diagnosis
        if template is None or diagnosis is None:
            return
        proposed = documents_folder() / f"{template.path.stem}（批注）.docx"
        if target := ask.save_file(self, "另存带批注的副本", ("Word 文档 (*.docx)",), proposed):

            def job(progress: Progress) -> None:
                from xuncha_desktop.exports.doctor.annotating import annotate

                annotate(template.path, diagnosis, target)

            self._run("正在写批注", job, lambda _: self.say("ok", f"已存为“{target.name}”，每处错误旁有批注。"))

    def _show_outcome(self) -> None:
        self.bring_into_view(self.findings)
        self.bring_into_view(self.outcome)  # last: where there are many findings, their heading is what is seen

    def _show_handing(self) -> None:
        self.bring_into_view(self.handing.notice)

    def _take(self) -> None:
        self._forget()
        self.refresh()

    def _run(self, title: str, job: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self.notice.clear()
        self.context.jobs.start(title, job, done, lambda error: self.say("error", str(error)))

    def _try(self, act: Callable[[], Path | None]) -> Path | None:
        try:
            return act()
        except UserError as error:
            self.say("error", str(error))
            return None


def _checked(template: Template) -> str:
    if template.elsewhere:
        return "上次检查后在别处改过"
    if template.faults is None:
        return ""
    return f"{template.faults} 处错误" if template.faults else "没有错误"
