"""Handing the recovery key over: to be printed or copied, and typed once to prove that the copy is right; or later."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import ask, style
from ui.start.choice_button import ChoiceButton
from ui.start.field import Field
from ui.start.page import Page, link
from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.store import recovery_key

_COLUMNS = 4
_PRINTED_POINTS = 14
_UNPRINTED = "现在也可以选“抄写后核对”；以后在“模板与设置”的“安全”里随时能打印。"
_LEAVE = ("以后再说", "先进入案卷；抄存以前，窗口下方一直有提醒，点它可以再看")


class RecoveryPage(Page):
    """The key in groups, and three ways on: to print it, to copy it down and prove that, or to leave it for now."""

    proven = Signal()
    skipped = Signal()

    def __init__(self, case_name: str, key: str, folder: Path, leave: tuple[str, str] = _LEAVE) -> None:
        super().__init__()
        self._case_name = case_name
        self._key = key
        self._folder = folder
        self.add_heading(
            "收好恢复密钥",
            "忘记口令时，只有它能打开案卷；谁拿到它，谁就能打开案卷。"
            "请打印或抄写一份，装入信封密封，交组长或巡察办保管，不要拍照，不要和电脑放在一起。",
        )
        self.column.addWidget(self._groups())
        self.print_it = ChoiceButton("打印", "打印一份装入信封，再照着输一遍，证明印得清楚", "paper")
        self.copy_it = ChoiceButton("抄写后核对", "抄在纸上，再照着输一遍，证明没有抄错", "pencil")
        self.skip = ChoiceButton(*leave, "history")
        ways = QVBoxLayout()
        ways.setSpacing(style.metrics.gap)
        for way in (self.print_it, self.copy_it, self.skip):
            ways.addWidget(way)
        self.column.addLayout(ways)
        self.typed = QLineEdit()
        self.typed_field = Field("照着纸上的输一遍", self.typed, "大小写和横线写不写都可以。")
        self.done = QPushButton("核对，进入案卷")
        self.proof = self._proof()
        self.column.addWidget(self.proof)
        self.column.addWidget(self.notice)
        self.save_it = link("没有打印机：保存为文本文件…")
        self.column.addWidget(self.save_it, 0, Qt.AlignmentFlag.AlignLeft)
        self.print_it.clicked.connect(self._print)
        self.copy_it.clicked.connect(self._ask_proof)
        self.save_it.clicked.connect(self._save)
        self.typed.textEdited.connect(self.typed_field.clear)
        self.typed.returnPressed.connect(self._prove)
        self.done.clicked.connect(self._prove)
        self.skip.clicked.connect(self.skipped)

    def start(self) -> None:
        """The first thing is to print it."""
        super().start()
        self.print_it.setFocus()

    def text(self) -> str:
        """What is printed and saved."""
        groups = self._key.split("-")
        lines = ["  ".join(groups[start : start + _COLUMNS]) for start in range(0, len(groups), _COLUMNS)]
        today = date.today()
        return "\n".join(
            [
                "巡察桌面  恢复密钥",
                "",
                f"案卷：{self._case_name}",
                f"日期：{today.year}年{today.month}月{today.day}日",
                "",
                *lines,
                "",
                "忘记口令时，在打开案卷的窗口选“用恢复密钥打开”，输入以上八组。",
                "谁拿到它，谁就能打开案卷：请密封保管，不要和电脑放在一起。",
                "",
            ]
        )

    def _groups(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("keys")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(style.metrics.gap)
        for place, group in enumerate(self._key.split("-")):
            label = QLabel(group)
            label.setProperty("role", "key")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAccessibleName(f"第{place + 1}组 {group}")
            grid.addWidget(label, place // _COLUMNS, place % _COLUMNS)
        around = QVBoxLayout(frame)
        around.setContentsMargins(16, 16, 16, 16)
        around.addLayout(grid)
        return frame

    def _proof(self) -> QWidget:
        proof = QWidget()
        around, self.column = self.column, QVBoxLayout(proof)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.metrics.gap)
        self.column.addWidget(self.typed_field)
        self.add_verbs(self.done)
        self.column = around
        proof.hide()
        return proof

    def _ask_proof(self) -> None:
        self.proof.show()
        self.typed.setFocus()
        # Later: the layout has to make room for it first.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.proof))

    def _prove(self) -> None:
        try:
            right = recovery_key.parse(self.typed.text()) == recovery_key.parse(self._key)
        except UserError as error:
            self.typed_field.say_error(str(error))
        else:
            if right:
                self.proven.emit()
                return
            self.typed_field.say_error("这是另一个案卷的恢复密钥；请照本页的八组字符输入。")
        self.typed.setFocus()

    def _print(self) -> None:
        try:
            printer = ask.choose_printer(self, "打印恢复密钥")
        except UserError as error:
            self.say("warning", f"{error}{_UNPRINTED}")
            return
        if printer is None:
            return
        document = QTextDocument()
        # Points and not pixels, which on paper would be the size of dust.
        face = style.font()
        face.setPointSize(_PRINTED_POINTS)
        document.setDefaultFont(face)
        document.setPlainText(self.text())
        document.print_(printer)
        self.say("ok", "已送去打印；请照着纸上的字符输一遍。")
        self._ask_proof()

    def _save(self) -> None:
        file = ask.save_file(
            self, "保存恢复密钥", ["文本文件 (*.txt)"], Path.home() / f"恢复密钥-{self._case_name}.txt"
        )
        if file is None:
            return
        if file.resolve().is_relative_to(self._folder.resolve()):
            self.say("error", "恢复密钥不能存在案卷的文件夹里，那等于把钥匙挂在门上；请换一个地方，如U盘。")
            return
        try:
            with replaced(file) as part:
                part.write_text(self.text(), encoding="utf-8-sig")
        except UserError as error:
            self.say("error", str(error))
            return
        except OSError:
            self.say("error", f"“{file.parent}”不能写入，没有存成；请换一个文件夹，或改用打印。")
            return
        self.say("warning", f"已存到“{file}”。这份文件没有加密，请移到U盘上密封保管，再从电脑中删除。")
