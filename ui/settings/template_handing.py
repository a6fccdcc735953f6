"""Templates given to another laptop and taken from one: signed, and said by whom before anything of it is used."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import ask, style
from ui.context import Context
from ui.desktop import open_path
from ui.start.field import Field
from ui.start.notice import Notice
from xuncha_desktop import paths, settings
from xuncha_desktop.exports import signers, template_files, templates
from xuncha_desktop.exports.own_templates import Template
from xuncha_desktop.exports.template_files import Parcel
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases

GUARD = "导出的文件由这台电脑签名。导入时说明是谁签的、以前见过没有；签名以后改动过的不导入。"
_HANDED = ("模板文件 (*.xcmb)",)


class TemplateHanding(QWidget):
    """The name to sign with, the ways out and in, and under them what became of it."""

    taken = Signal()
    told = Signal()  # something now stands under the buttons

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._offered: Template | None = None
        self.name = QLineEdit()
        self.name.setMaxLength(signers.LONGEST_NAME)
        self.name_field = Field("签名用的名称", self.name)
        self.give = button("导出…", self._give)
        self.take = button("导入…", self._choose)
        self.folder = button("打开自备文件夹", lambda: open_path(templates.own_folder()))
        self.notice = Notice()
        row = QHBoxLayout()
        row.setSpacing(style.metrics.gap)
        for each in (self.give, self.take, self.folder):
            row.addWidget(each)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.wide_gap)
        column.addWidget(self.name_field)
        column.addLayout(row)
        column.addWidget(self.notice)
        self.name.editingFinished.connect(self._keep_edited)

    def refresh(self) -> None:
        """The name kept, else that of who works here; and the fingerprint, once there is one."""
        if not self.name.hasFocus():
            self.name.setText(self._context.settings.signer_name or self._member())
        self._show_fingerprint()

    def offer(self, template: Template | None) -> None:
        """Give this one away when asked."""
        self._offered = template
        self.give.setEnabled(template is not None)

    def forget(self) -> None:
        """Say and ask nothing more."""
        self.notice.clear()

    def _member(self) -> str:
        actor = self._context.store.actor
        return next((name or "" for member, name in cases.members(self._context.store) if member.id == actor), "")

    def _keep_edited(self) -> None:
        if self.name.isModified():  # what was only proposed is a member's name, and no business of the settings
            self._keep_name()

    def _keep_name(self) -> str:
        name = signers.proper_name(self.name.text())
        if name:
            self._context.settings.signer_name = name
            settings.save(self._context.settings, paths.settings_folder())
            self._show_fingerprint()
        return name

    def _show_fingerprint(self) -> None:
        short = signers.own_fingerprint()
        own = f"这台电脑签名的指纹：{short}，可打电话核对。" if short else "第一次导出时生成这台电脑的签名。"
        self.name_field.say_hint(f"写单位和姓名，对方导入时看到。{own}")

    def _give(self) -> None:
        if (template := self._offered) is None:
            return
        self.forget()
        name = self._keep_name()
        if not name:
            self.name_field.say_error("请写上单位和姓名，对方才知道是谁给的。")
            self.name.setFocus()
            return
        target = ask.save_file(self, "导出模板", _HANDED, documents_folder() / f"{template.path.stem}.xcmb")
        if target is None:
            return

        def done(_: Any) -> None:
            self._show_fingerprint()
            self._say("ok", f"已导出到“{target.name}”，由“{name}”签名，指纹 {signers.own_fingerprint()}。")

        self._run("正在导出模板", lambda _: template_files.pack([template], target, name), done)

    def _choose(self) -> None:
        chosen = ask.open_files(self, "导入模板", _HANDED, documents_folder())
        if chosen:
            self._run("正在核对模板文件", lambda _: template_files.read(chosen[0]), self._weigh)

    def _weigh(self, parcel: Parcel) -> None:
        """Take what somebody known has signed; ask about all else, where the user already looks."""
        if parcel.signer and signers.standing(parcel.signer) in (signers.OWN, signers.KNOWN):
            self._take(parcel)
            return
        self._say(
            "warning",
            f"{_told(parcel)}里面是 {'、'.join(parcel.contents)}。",
            ("导入", lambda: self._take(parcel)),
            ("不导入", self.forget),
        )

    def _take(self, parcel: Parcel) -> None:
        told = _told(parcel)

        def done(put_aside: list[str]) -> None:
            self.taken.emit()
            aside = f"原来自备的{'、'.join(put_aside)}移到了自备文件夹的 old 中。" if put_aside else ""
            self._say("ok", f"已导入{'、'.join(parcel.contents)}。{aside}{told}建议再检查一次。")

        self._run("正在导入模板", lambda _: template_files.take(parcel), done)

    def _run(self, title: str, job: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self.notice.clear()
        self._context.jobs.start(title, job, done, lambda error: self._say("error", str(error)))

    def _say(self, kind: str, sentence: str, *ways: tuple[str, Callable[[], None]]) -> None:
        (verb, act), *more = ways or (("", None),)
        self.notice.say(kind, sentence, verb, act, *more)
        self.told.emit()


def _told(parcel: Parcel) -> str:
    """Who signed a file, and how well that is known here."""
    signer = parcel.signer
    if signer is None:
        return f"“{parcel.file}”没有签名，不知道是谁做的，也可能被改动过。"
    by = f"“{parcel.file}”由“{signer.name}”签名（指纹 {signer.fingerprint}）"
    before = signers.met_as(signer)
    match signers.standing(signer):
        case signers.OWN:
            return f"“{parcel.file}”由这台电脑签名。"
        case signers.KNOWN:
            return f"{by}，以前导入过" + ("。" if before == signer.name else f"，那时叫“{before}”。")
        case signers.NAMESAKE:
            return f"{by}，与以前导入过的“{signer.name}”不是同一个签名，可能冒名；请打电话与对方核对指纹。"
        case _:
            return f"{by}，这台电脑第一次见到；请打电话与对方核对指纹。"


def button(words: str, act: Callable[[], object]) -> QPushButton:
    """A button that Tab reaches."""
    made = QPushButton(words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.clicked.connect(lambda _=False: act())
    return made


def documents_folder() -> Path:
    """Where files given away are usually kept."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
