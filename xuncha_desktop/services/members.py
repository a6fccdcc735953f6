"""成员: a person and the place in a team are made together."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Inspector, Member, Team
from xuncha_desktop.services import proposals, records
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text

_LETTERS = 3


def create(store: Store, person: Mapping[str, Any], code: str, *, record: str | None = None) -> str:
    """Take a new person into the team (one batch); `record` is the person's id. The id of the member."""
    with store.write("新增成员") as session:
        team = _team(session)
        inspector: Inspector = records.add(session, "inspector", person, record=record)
        return _join(session, team, inspector.id, code)


def take_in(store: Store, name: str) -> str:
    """A member by nothing but the name (one batch): the one of that name in the talent pool, or a new person."""
    name = clean_text(name).strip()
    code = proposals.member_code(name)
    with store.read() as session:
        taken = select(Member.inspector).where(Member.deleted.is_(False), Member.inspector.is_not(None))
        free = select(Inspector.id).where(
            Inspector.name == name, Inspector.deleted.is_(False), Inspector.id.not_in(taken)
        )
        known = session.scalars(free).all()
    if len(known) != 1:
        return create(store, {"name": name}, code)
    with store.write("新增成员") as session:
        return _join(session, _team(session), known[0], code)


def person_of(store: Store, member: str) -> str:
    """The id of the person a member is; empty where the link is lost."""
    with store.read() as session:
        return records.find(session, "member", member).inspector or ""


def _team(session: Session) -> Team:
    team = session.scalars(select(Team).where(Team.deleted.is_(False)).order_by(Team.id)).first()
    if team is None:
        raise UserError("案卷里还没有巡察组，不能新增成员；请先到“轮次”填写巡察组。")
    return team


def _join(session: Session, team: Team, inspector: str, code: str) -> str:
    values = {"inspector": inspector, "team": team.id, "role": "handler", "code": _free(session, code)}
    return records.add(session, "member", values).id


def _free(session: Session, code: str) -> str:
    """The code, or with its last letter replaced by the first number that is free."""
    taken = {member.code.upper() for member in session.scalars(select(Member).where(Member.deleted.is_(False)))}
    wanted, number = code.upper(), 2
    while wanted and wanted in taken:
        wanted, number = f"{code.upper()[: _LETTERS - len(str(number))]}{number}", number + 1
    return wanted
