"""成员: a person and the place in a team are made together."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Inspector, Member, Team
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store

_LETTERS = 3


def create(store: Store, person: Mapping[str, Any], code: str, *, record: str | None = None) -> str:
    """Take a new person into the team (one batch); `record` is the person's id. The id of the member."""
    with store.write("新增成员") as session:
        team = session.scalars(select(Team).where(Team.deleted.is_(False)).order_by(Team.id)).first()
        if team is None:
            raise UserError("案卷里还没有巡察组，不能新增成员；请先到“轮次”填写巡察组。")
        inspector: Inspector = records.add(session, "inspector", person, record=record)
        values = {"inspector": inspector.id, "team": team.id, "role": "handler", "code": _free(session, code)}
        return records.add(session, "member", values).id


def person_of(store: Store, member: str) -> str:
    """The id of the person a member is; empty where the link is lost."""
    with store.read() as session:
        return records.find(session, "member", member).inspector or ""


def _free(session: Session, code: str) -> str:
    """The code, or with its last letter replaced by the first number that is free."""
    taken = {member.code.upper() for member in session.scalars(select(Member).where(Member.deleted.is_(False)))}
    wanted, number = code.upper(), 2
    while wanted and wanted in taken:
        wanted, number = f"{code.upper()[: _LETTERS - len(str(number))]}{number}", number + 1
    return wanted
