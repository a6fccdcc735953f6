"""Before a paper goes out: the files it cites are still what was taken in."""

from collections.abc import Callable, Iterable

from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services.evidence import PICTURES
from xuncha_desktop.services.export_data import PaperLine
from xuncha_desktop.store.store import Store


def attest(store: Store, lines: Iterable[PaperLine], *, draft: bool) -> Callable[[Progress], tuple[str, ...]]:
    """A step of the export that reads each cited file through: a draft says what is wrong, a final one is refused.

    Pictures are read anyway when they are printed.
    """
    proofs = {
        proof["file_hash"]: f"{proof['number']} {proof['name']}".strip()
        for line in lines
        for proof in line.evidence
        if proof["file_hash"] and proof["file_type"] not in PICTURES
    }

    def read_through(progress: Progress) -> tuple[str, ...]:
        wrong: list[str] = []
        for done, (file_hash, name) in enumerate(proofs.items()):
            progress.step(done, len(proofs), f"正在核对证据文件 {name}")
            try:
                store.blobs.verify(file_hash)
            except UserError as error:
                wrong.append(f"支撑材料“{name}”：{error}")
        if wrong and not draft:
            raise UserError("\n".join(wrong))
        return tuple(wrong)

    return read_through
