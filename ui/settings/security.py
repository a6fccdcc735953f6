"""安全: who works here, when the case locks itself, the password, the recovery key."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from ui.context import Context
from ui.forms.choices import Combo
from ui.idle_lock import IdleLock
from ui.settings.page import ColumnPage, SettingsPage
from ui.start.field import Field
from ui.start.new_password import NewPassword
from ui.start.password_box import PasswordBox
from ui.start.recovery_page import RecoveryPage
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.choices import ROLES, in_words
from xuncha_desktop.services import cases
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.vault import WrongPassword

_MINUTES = (1, 3, 5, 10, 15, 30)


class SecurityPage(SettingsPage):
    """The form, or the recovery key in its place until 返回."""

    TITLE = "安全"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.form = _SecurityForm(context)
        self.notice = self.form.notice
        self.recovery: RecoveryPage | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.form.show_key.clicked.connect(self._ask_key)
        self.form.unlock.entered.connect(self._ask_key)

    def refresh(self) -> None:
        """Members may have come or gone."""
        self.form.refresh()

    def ask_for_key(self) -> None:
        """Stand where the password brings the recovery key, once the page has its places."""
        QTimer.singleShot(0, self.form, self._show_key_line)

    def leave(self) -> None:
        """No password and no key stays on the screen."""
        self._hide_key()
        self.form.forget()

    def _show_key_line(self) -> None:
        self.form.bring_into_view(self.form.show_key)
        self.form.unlock.setFocus()

    def _ask_key(self) -> None:
        """Prove the password beside the window: it is slow on purpose."""
        password = self.form.unlock.text()
        if not password:
            self.form.unlock_field.say_error("请先输入口令。")
            return
        vault = self.context.case.vault
        self.form.show_key.setEnabled(False)
        self.context.jobs.start(
            "正在核对口令", lambda _: vault.unlock(password), self._show_key, self.form.say_wrong_password
        )

    def _show_key(self, keys: Keys) -> None:
        self.form.show_key.setEnabled(True)
        self.form.unlock.forget()
        text = self.context.case.vault.recovery_text(keys)
        keys.forget()
        if text is None:
            self.form.notice.say(
                "warning", "恢复密钥的保存处已损坏，纸上的旧密钥可能不能用了。", "换一个新的恢复密钥", self._renew
            )
            return
        self._show_text(text)

    def _renew(self) -> None:
        self.form.notice.clear()
        self._show_text(self.context.case.vault.renew_recovery(self.context.store.keys))

    def _show_text(self, text: str) -> None:
        folder = self.context.store.folder
        page = self.recovery = RecoveryPage(folder.name, text, folder, _BACK)
        page.done.setText("核对")
        page.proven.connect(self._proven)
        page.skipped.connect(self._hide_key)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.start()

    def _proven(self) -> None:
        self.context.store.set_meta("recovery_skipped", "0")
        self.context.recovery_noted.emit()
        self._hide_key()
        self.form.say("ok", "恢复密钥核对无误，请密封保管。")

    def _hide_key(self) -> None:
        if self.recovery is not None:
            self._pages.removeWidget(self.recovery)
            self.recovery.deleteLater()
            self.recovery = None


_BACK = ("返回", "恢复密钥没有改变，已经抄存的照旧可用")


class _SecurityForm(ColumnPage):
    TITLE = "安全"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.member = Combo()
        self.minutes = Combo()
        self.old = PasswordBox()
        self.old_field = Field("现在的口令", self.old, required=True)
        self.new = NewPassword("新口令")
        self.change = QPushButton("更换口令")
        self.unlock = PasswordBox()
        self.unlock_field = Field("口令", self.unlock, "只有知道口令的人才能再看恢复密钥。", required=True)
        self.show_key = QPushButton("显示恢复密钥")
        self._build()
        self.member.activated.connect(self._choose_member)
        self.minutes.activated.connect(self._choose_minutes)
        self.change.clicked.connect(self._change)
        self.old.changed.connect(self.old_field.clear)
        self.old.entered.connect(self.new.setFocus)
        self.new.entered.connect(self._change)
        self.unlock.changed.connect(self.unlock_field.clear)

    def refresh(self) -> None:
        """Fill in who works here and what is set."""
        self.member.clear()
        for member, name in cases.members(self.context.store):
            self.member.addItem(f"{name}　{in_words(ROLES, member.role)}", member.id)
        self.member.setCurrentIndex(self.member.findData(self.context.store.actor))
        self.minutes.setCurrentIndex(self.minutes.findData(self.context.settings.idle_lock_minutes))

    def forget(self) -> None:
        """Empty every password line."""
        for box in (self.old, self.new.first, self.new.again, self.unlock):
            box.forget()

    def say_wrong_password(self, error: UserError) -> None:
        """What is wrong with the password asked for the recovery key."""
        self.show_key.setEnabled(True)
        self.unlock_field.say_error(str(error))
        self.unlock.setFocus()

    def _build(self) -> None:
        self.add_section("我是谁")
        self.column.addWidget(Field("成员", self.member, "修改和底稿都记在所选成员名下；这台电脑会记住。", wide=False))
        self.add_section("自动锁定")
        chosen = self.context.settings.idle_lock_minutes
        for minutes in sorted({*_MINUTES, chosen}):
            self.minutes.addItem(f"{minutes} 分钟", minutes)
        self.column.addWidget(Field("没有操作多久后锁定", self.minutes, "锁定前自动保存。", wide=False))
        self.add_section("更换口令")
        self.column.addWidget(self.old_field)
        self.column.addWidget(self.new)
        self.add_row(self.change)
        self.add_section("恢复密钥", "忘记口令时，只有恢复密钥能打开案卷。可以在这里再看、再打印一次。")
        self.column.addWidget(self.unlock_field)
        self.add_row(self.show_key)
        self.column.addStretch(1)

    def _choose_member(self, _: int) -> None:
        cases.remember_member(self.context.store, self.member.currentData())
        self.context.told.emit(f"现在以“{self.member.currentText()}”的名义工作")

    def _choose_minutes(self, _: int) -> None:
        self.context.settings.idle_lock_minutes = self.minutes.currentData()
        for lock in self.window().findChildren(IdleLock):
            lock.set_minutes(self.minutes.currentData())
        self.save()

    def _change(self) -> None:
        old = self.old.text()
        if not old:
            self.old_field.say_error("请先输入现在的口令。")
            self.old.setFocus()
            return
        new = self.new.accepted()
        if not new:
            return
        vault = self.context.case.vault
        self.change.setEnabled(False)
        self.context.jobs.start(
            "正在更换口令", lambda _: vault.change_password(old, new), self._changed, self._not_changed
        )

    def _changed(self, _: Any) -> None:
        self.change.setEnabled(True)
        self.forget()
        self.old_field.clear()
        self.say("ok", "口令已更换，下次打开用新口令。以前做的备份仍用做备份时的口令打开。")

    def _not_changed(self, error: UserError) -> None:
        self.change.setEnabled(True)
        if isinstance(error, WrongPassword):
            self.old_field.say_error(str(error))
            self.old.setFocus()
        else:
            self.say("error", str(error))
