"""备份: the last one, one more now, one on a stick, and the way back from any of them."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton

from ui import ask
from ui.context import Context
from ui.desktop import open_path
from ui.settings.page import ColumnPage, label
from ui.settings.plain_table import PlainTable
from ui.tables.views import stand_on
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import outside_copies
from xuncha_desktop.store import backup
from xuncha_desktop.store.backup import Backup
from xuncha_desktop.store.keys import Keys

_MEGABYTE = 1_000_000


class BackupPage(ColumnPage):
    """Everything here runs beside the window; work goes on."""

    TITLE = "备份"

    def __init__(self, context: Context) -> None:
        super().__init__(context, "工作中每半小时、锁定和关闭案卷时自动备份。备份和案卷一样加密，用同一个口令打开。")
        self._backups: list[Backup] = []
        self.last: QLabel = label("", "strong")
        self.make = QPushButton("立即备份")
        self.make.setProperty("kind", "primary")
        self.copy = QPushButton("备份到U盘…")
        self.table = PlainTable("备份", ("时间", "缘由", "大小"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.restore = QPushButton("从选中的备份恢复到新文件夹…")
        self.add_section("最近一次备份")
        self.column.addWidget(self.last)
        self.add_row(self.make, self.copy)
        self.add_section("所有备份", "恢复时另建一个案卷文件夹，现在这个案卷原样不动。")
        self.column.addWidget(self.table)
        self.add_row(self.restore)
        self.column.addStretch(1)
        self.make.clicked.connect(self._make)
        self.copy.clicked.connect(self._copy)
        self.restore.clicked.connect(self._restore)
        self.table.itemSelectionChanged.connect(self._show_choice)
        context.jobs.finished.connect(self._after_job)

    def refresh(self) -> None:
        """Read the list again; the chosen one stays chosen."""
        chosen = self._chosen()
        self._backups = backup.listing(self.context.store.folder)
        newest = next(iter(self._backups), None)
        told = f"{_when(newest.when)}（{backup.REASONS[newest.reason]}）" if newest else "还没有备份过"
        self.last.setText(told)
        rows = [(_when(b.when), backup.REASONS[b.reason], f"{b.size / _MEGABYTE:,.1f} MB") for b in self._backups]
        self.table.show_rows(rows)
        paths = [item.path for item in self._backups]
        if chosen and chosen.path in paths:
            stand_on(self.table, paths.index(chosen.path))
        self._show_choice()

    def _chosen(self) -> Backup | None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        return self._backups[min(rows)] if rows and min(rows) < len(self._backups) else None

    def _show_choice(self) -> None:
        self.restore.setEnabled(self._chosen() is not None)

    def _after_job(self) -> None:
        if self.isVisible():
            self.refresh()

    def _make(self) -> None:
        folder, keys = self.context.store.folder, self.context.store.keys
        self._run("正在备份", lambda p: backup.make(folder, keys, "manual", p), lambda _: self._made())

    def _made(self) -> None:
        self.refresh()
        self.say("ok", "已备份，并重新打开核对过。")

    def _copy(self) -> None:
        target = ask.choose_folder(self, "选择U盘或另一块磁盘上的文件夹", _home())
        if target is None:
            return
        folder, keys = self.context.store.folder, self.context.store.keys
        store = self.context.store

        def job(progress: Progress) -> Path:
            made = backup.copy_out(folder, keys, target, progress)
            outside_copies.note(store, date.today())
            return made

        self._run("正在备份到U盘", job, self._copied)

    def _copied(self, place: Path) -> None:
        self.context.told.emit("已备份到U盘")
        self.context.copied_out.emit()
        self.notice.say(
            "ok",
            f"已备份到“{place}”，证据文件一并复制并核对。请先安全弹出再拔U盘。",
            "打开所在文件夹",
            partial(_show, place.parent),
        )

    def _restore(self) -> None:
        chosen = self._chosen()
        parent = ask.choose_folder(self, "选择放新案卷的文件夹", self.context.store.folder.parent)
        if chosen is None or parent is None:
            return
        folder = parent / f"{self.context.store.folder.name}-恢复-{datetime.now():%Y%m%d-%H%M%S}"
        # `restore` wipes the keys it was given when it is done; ours stay in use.
        copied = Keys.from_secret(self.context.store.keys.raw48)
        store = self.context.store

        def job(progress: Progress) -> list[str]:
            backup.make_before(store, "before-restore", progress)
            return backup.restore(chosen.path, folder, lambda _: copied, progress)

        self._run(
            "正在从备份恢复",
            job,
            lambda lacking: self._restored(folder, lacking),
        )

    def _restored(self, folder: Path, lacking: list[str]) -> None:
        told = f"已恢复到“{folder}”。要打开它，请先锁定，再选“其他案卷”。"
        if lacking:
            told += f"\n有 {len(lacking)} 件证据文件没有找回，第一件：{lacking[0]}"
        self.notice.say("warning" if lacking else "ok", told, "打开所在文件夹", partial(_show, folder.parent))

    def _run(self, title: str, job: Callable[[Progress], object], done: Callable[..., None]) -> None:
        self.notice.clear()
        self.context.flush_drafts()
        self.context.jobs.start(title, job, done, self._failed)

    def _failed(self, error: UserError) -> None:
        self.say("error", str(error))


def _show(folder: Path) -> None:
    open_path(folder)


def _when(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def _home() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation))
