"""A case as a whole: new, info, verify, backup, restore."""

from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import content, opened, password, removed
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import entities
from xuncha_desktop.services import cases, dump, inspections, intake, outside_copies
from xuncha_desktop.services.making import new_case
from xuncha_desktop.store import backup as backups
from xuncha_desktop.store import verify as checks
from xuncha_desktop.store.connection import SCHEMA
from xuncha_desktop.store.slots import ArgonCost


def new(arguments: Namespace, argon: ArgonCost | None) -> Answer:
    """Make a case from a plan; its recovery key is shown this once."""
    plan = content(arguments.source)
    if not isinstance(plan, Mapping):
        raise UserError("新建案卷的内容应为一个对象：case、round、team、members、units、inspections。")
    intake.check_plan(plan)
    with new_case(arguments.folder, password(arguments, twice=True), argon) as (case, recovery):
        cases.begin(case.store, plan)
        everyone = {member.code: member.id for member, _ in cases.members(case.store)}
        begun = inspections.every(case.store)
    return Answer(
        {
            "case": str(arguments.folder),
            "recovery_key": recovery,
            "members": everyone,
            "inspections": [{"id": record, "name": name} for record, name in begun.items()],
        },
        (),
        removed(plan),
    )


def info(arguments: Namespace) -> Answer:
    """Counts per entity, schema, replica, last backup."""
    with opened(arguments) as case:
        record = cases.current(case.store)
        counts, replica = dump.counts(case.store), case.store.replica
        begun = inspections.every(case.store)
    last = backups.last_backup(arguments.case)
    when = last.when.isoformat(timespec="seconds") if last else None
    lines = [
        f"案卷：{record.name}",
        f"结构版本：{SCHEMA}",
        f"副本：{replica}",
        f"最近备份：{when or '还没有备份'}",
        *(f"巡察任务：{inspection}　{name}" for inspection, name in begun.items()),
        *(f"{entities()[entity].LABEL}：{count}" for entity, count in counts.items()),
    ]
    data = {
        "case": record.name,
        "sample": record.sample,
        "schema": SCHEMA,
        "replica": replica,
        "last_backup": when,
        "inspections": [{"id": inspection, "name": name} for inspection, name in begun.items()],
        "counts": counts,
    }
    return Answer(data, lines)


def verify(arguments: Namespace) -> Answer:
    """Check everything; findings are a problem."""
    with opened(arguments) as case:
        findings = checks.verify(case, progress())
    problem = f"案卷检查出 {len(findings)} 处问题，第一处：{findings[0]}" if findings else ""
    return Answer({"sound": not findings, "findings": findings}, findings or ["案卷完好。"], problem=problem)


def backup(arguments: Namespace) -> Answer:
    """Back the case up in its folder, or with its evidence elsewhere."""
    with opened(arguments) as case:
        if arguments.to:
            made = backups.copy_out(arguments.case, case.store.keys, arguments.to, progress())
            outside_copies.note(case.store, date.today())
        else:
            made = backups.make(arguments.case, case.store.keys, "manual", progress())
    return Answer({"backup": str(made)}, [f"已备份到 {made}"])


def restore(arguments: Namespace) -> Answer:
    """Make another case from a backup; evidence that could not be brought back is a problem."""
    source: Path = arguments.backup
    if not source.is_dir():
        raise UserError(f"找不到备份文件夹“{source}”；请核对路径，或插好U盘。")
    secret = password(arguments)
    lacking = backups.restore(source, arguments.folder, lambda vault: vault.unlock(secret), progress())
    problem = f"已恢复，但缺 {len(lacking)} 件证据文件，第一件：{lacking[0]}" if lacking else ""
    lines = [f"已恢复到 {arguments.folder}", *lacking]
    return Answer({"case": str(arguments.folder), "lacking": lacking}, lines, problem=problem)
