"""Reads the text of evidence beside the work, a few seconds at a time, so that it can be searched for."""

import time
from collections.abc import Sequence

from sqlalchemy import select

from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Evidence
from xuncha_desktop.services import search
from xuncha_desktop.services.evidence import PICTURES, source_of
from xuncha_desktop.store.store import Store

SECONDS = 3.0  # other jobs wait meanwhile


def read_missing(store: Store, progress: Progress, seconds: float = SECONDS) -> bool:
    """Hand the text of files that nobody has read yet to the search index (a job); whether some are left.

    A file without text, or one that cannot be opened, is handed over empty, so that it is not tried again and again.
    """
    missing = search.missing_evidence_text(store)
    described = _described(store)
    until = time.monotonic() + seconds
    # A decoder of its own: whoever looks at evidence meanwhile does not wait behind it.
    with Decoder() as decoder:
        for done, file_hash in enumerate(missing):
            if done and time.monotonic() > until:
                return True
            progress.step(done, len(missing), "正在读取证据文字")
            name, file_type = described[file_hash]
            if not store.blobs.missing([file_hash]):  # back from a backup, it will be read
                parts = () if file_type in PICTURES else _read(store, decoder, name, file_hash, progress)
                search.put_evidence_text(store, file_hash, parts)
    progress.step(len(missing), len(missing), "证据文字已读完")
    return False


def _read(store: Store, decoder: Decoder, name: str, file_hash: str, progress: Progress) -> Sequence[str]:
    try:
        return decoder.text(source_of(store, name, file_hash), progress).parts
    except UserError:
        return ()


def _described(store: Store) -> dict[str, tuple[str, str]]:
    query = select(Evidence.file_hash, Evidence.file_name, Evidence.file_type).where(Evidence.deleted.is_(False))
    with store.read() as session:
        return {file_hash: (name, file_type) for file_hash, name, file_type in session.execute(query)}
