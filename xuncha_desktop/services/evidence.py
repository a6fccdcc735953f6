"""证据: take files in, cite their pages in a paper, tell where they are cited."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.decoding.decoder import Source
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Citation, Evidence, Paper, fields
from xuncha_desktop.services import citing, records
from xuncha_desktop.services.numbers import next_number
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text

PICTURES = frozenset({"image/png", "image/jpeg", "image/bmp", "image/tiff", "image/webp", "image/gif"})
# Not what this computer has registered: a file is of the same type on every laptop.
_TYPES = mimetypes.MimeTypes()
_OFFICE = "application/vnd.openxmlformats-officedocument"
for _ending, _type in (
    (".webp", "image/webp"),
    (".heif", "image/heif"),
    (".docx", f"{_OFFICE}.wordprocessingml.document"),
    (".xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    (".pptx", f"{_OFFICE}.presentationml.presentation"),
):
    _TYPES.add_type(_type, _ending)
_PHONE = frozenset({"image/heic", "image/heif"})  # kept as they are, and not shown
_PHOTOS = PICTURES - {"image/tiff"} | _PHONE  # one page each
_PAGED = frozenset({"application/pdf", "image/tiff"})
_GUESSES = (
    (("会议", "纪要"), "minutes"),
    (("谈话",), "interview"),
    (("凭证", "发票", "报销"), "voucher"),
    (("合同", "协议"), "contract"),
    (("台账",), "ledger"),
    (("信访", "举报"), "petition"),
    (("问卷", "测评"), "survey"),
    (("账",), "accounts"),
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file or a pasted picture on its way into the case."""

    name: str
    source: Path | bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that lies encrypted in the case but has no record yet."""

    name: str
    file_type: str
    file_size: int
    file_hash: str
    pages: int | None


def store_files(store: Store, files: Sequence[Incoming], progress: Progress) -> list[Stored]:
    """Encrypt files into the case (a job: it may take long); the records are made by `register`."""
    done: list[Stored] = []
    for index, file in enumerate(files):
        progress.step(index, len(files), f"正在存入 {file.name}")
        content = BytesIO(file.source) if isinstance(file.source, bytes) else file.source
        blob = store.blobs.add(content, progress)
        name = clean_text(file.name)
        file_type = _TYPES.guess_type(name)[0] or "application/octet-stream"
        pages = 1 if file_type in _PHOTOS else None
        if file_type in _PAGED:
            pages = _count_pages(store, source_of(store, name, blob.sha256), progress)
        done.append(Stored(name, file_type, blob.size, blob.sha256, pages))
    progress.step(len(files), len(files), "证据已存入")
    return done


def source_of(store: Store, name: str, file_hash: str) -> Source:
    """A file of the case, for `store.decoder` to show."""
    return Source(name, file_hash, partial(store.blobs.open, file_hash))


def register(store: Store, stored: Sequence[Stored], inspection: str, paper: str | None = None) -> list[str]:
    """Make evidence records of stored files, cited in `paper` if given; a file already known is not taken twice."""
    what = f"存入证据 {len(stored)} 件" if paper is None else f"存入并引用证据 {len(stored)} 件"
    with store.write(what) as session:
        taken = take(session, store, stored, inspection)
        if paper is not None:
            cite(session, paper, taken)
    return [evidence.id for evidence in taken]


def take(session: Session, store: Store, stored: Sequence[Stored], inspection: str) -> list[Evidence]:
    """The records of stored files, made where the case has none of the same file."""
    return [_known(session, file) or _add(session, store, file, inspection) for file in stored]


def known(store: Store, stored: Sequence[Stored]) -> dict[str, str]:
    """Evidence that holds these very files already: id, and number with name."""
    hashes = [file.file_hash for file in stored]
    with store.read() as session:
        query = select(Evidence).where(Evidence.file_hash.in_(hashes), Evidence.deleted.is_(False))
        return {found.id: f"{found.number}“{found.name}”" for found in session.scalars(query.order_by(Evidence.number))}


def twins(store: Store, records_made: Sequence[str]) -> dict[str, Evidence]:
    """For each of these records whose file another one held before: that one."""
    with store.read() as session:
        query = select(Evidence).where(Evidence.deleted.is_(False), Evidence.file_hash != "").order_by(Evidence.id)
        first: dict[str, Evidence] = {}
        again: dict[str, Evidence] = {}
        for found in session.scalars(query):
            earlier = first.setdefault(found.file_hash, found)
            if earlier is not found and found.id in records_made:
                again[found.id] = earlier
    return again


def cite(session: Session, paper: str, chosen: Sequence[Evidence]) -> None:
    """Append citations of pieces of evidence to a paper, those of one page with it; what it cites already is left."""
    rows = session.scalars(select(Citation).where(Citation.parent == paper, Citation.deleted.is_(False))).all()
    cited = {row.evidence for row in rows}
    position = max((row.position for row in rows), default=-1)
    for found in dict.fromkeys(chosen):
        if found.id not in cited:
            position += 1
            session.add(Citation(parent=paper, evidence=found.id, pages=only_page(found), position=position))


def citation(store: Store, chosen: str) -> dict[str, str]:
    """A line of `citations` for a piece of evidence, where a form adds it itself."""
    with store.read() as session:
        return {"evidence": chosen, "pages": only_page(records.find(session, "evidence", chosen))}


def only_page(found: Evidence) -> str:
    """What to cite where there is nothing to choose, as in a photo; empty where a person has to say."""
    return "1" if found.pages == 1 or (found.pages is None and found.file_type in _PHOTOS) else ""


def cite_existing(store: Store, paper: str, chosen: Sequence[str]) -> None:
    """引用已有证据: cite evidence of the case in a paper."""
    with store.write(f"引用证据 {len(chosen)} 件") as session:
        records.find(session, "paper", paper)
        cite(session, paper, [records.find(session, "evidence", record) for record in chosen])


def cited_in(store: Store, evidence: str) -> list[tuple[str, str]]:
    """Papers that cite a piece of evidence: id, and title with the place."""
    with store.read() as session:
        query = (
            select(Citation, Paper.id, Paper.title)
            .join(Paper, Paper.id == Citation.parent)
            .where(Citation.evidence == evidence, Citation.deleted.is_(False), Paper.deleted.is_(False))
            .order_by(Paper.id)
        )
        found = session.execute(query).all()
        rows = [{name: getattr(row, name) for name in fields("citation")} for row, _, _ in found]
        said = citing.in_words(session, rows)
    return [
        (paper, "，".join(filter(None, (title or "（未命名）", cited.place))))
        for (_, paper, title), cited in zip(found, said, strict=True)
    ]


def export_file(store: Store, evidence: str, target: Path) -> None:
    """Write a decrypted copy of a piece of evidence where the user asked for it; none if its digest is wrong."""
    from xuncha_desktop.atomic import replaced

    with store.read() as session:
        found: Evidence = records.find(session, "evidence", evidence)
    if not found.file_hash:
        raise UserError(f"证据“{found.name}”没有文件，不能另存。")
    with replaced(target) as part, part.open("wb") as out:
        out.writelines(store.blobs.chunks(found.file_hash))


def _known(session: Session, file: Stored) -> Evidence | None:
    query = select(Evidence).where(Evidence.file_hash == file.file_hash, Evidence.deleted.is_(False))
    pending = (obj for obj in session.new if isinstance(obj, Evidence) and obj.file_hash == file.file_hash)
    return session.scalars(query).first() or next(pending, None)


def _add(session: Session, store: Store, file: Stored, inspection: str) -> Evidence:
    return records.add(
        session,
        "evidence",
        {
            "number": next_number(session, Evidence, "证", store.actor),
            "name": Path(file.name).stem,
            "kind": _guess_kind(file),
            "inspection": inspection,
            "pages": file.pages,
            "original": "electronic",
            "file_name": file.name,
            "file_type": file.file_type,
            "file_size": file.file_size,
            "file_hash": file.file_hash,
        },
    )


def _guess_kind(file: Stored) -> str:
    for words, kind in _GUESSES:
        if any(word in file.name for word in words):
            return kind
    return "photo" if file.file_type in PICTURES | _PHOTOS else "document"


def _count_pages(store: Store, source: Source, progress: Progress) -> int | None:
    try:
        return store.decoder.count(source, progress)
    except UserError:
        return None  # encrypted or damaged: kept as it is, the number of pages is typed by hand
