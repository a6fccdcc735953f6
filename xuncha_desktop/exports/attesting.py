"""Before a paper goes out: the files it cites are still what was taken in, and its pictures can be printed."""

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import PurePath

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.check_sheet import Finding
from xuncha_desktop.exports.paper_content import pictures_of
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import export_checks
from xuncha_desktop.services.evidence import PICTURES
from xuncha_desktop.services.export_data import PaperLine
from xuncha_desktop.store.store import Store

_AS_JPG = "要印在底稿后面，请转成 JPG 再存入一份来引用"


def attest(
    store: Store, lines: Iterable[PaperLine], *, draft: bool, prints_pictures: bool = True
) -> Callable[[Progress], tuple[str, ...]]:
    """A step of the export that reads each cited file through: a draft says what is wrong, a final one is refused.

    Pictures that are printed are read then anyway.
    """
    proofs = {
        proof["file_hash"]: f"{proof['number']} {proof['name']}".strip()
        for line in lines
        for proof in line.evidence
        if proof["file_hash"] and not (prints_pictures and proof["file_type"] in PICTURES)
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


def picture_findings(store: Store, lines: Iterable[PaperLine]) -> list[Finding]:
    """Cited pictures whose files are gone, and those of kinds that are kept but not printed."""
    lines = list(lines)
    pictures = {proof["id"]: proof for proof in chain.from_iterable(map(pictures_of, lines))}
    lost = export_checks.missing_files(store, {proof["file_hash"] for proof in pictures.values()})
    others = {
        proof["id"]: proof
        for line in lines
        for proof in line.evidence
        if proof["file_type"].startswith("image/") and proof["file_type"] not in PICTURES
    }
    return [
        Finding("missing", f"图片“{proof['name']}”的文件不在案卷里，请从备份恢复", True, "evidence", record)
        for record, proof in pictures.items()
        if proof["file_hash"] in lost
    ] + [
        Finding(
            "unprinted",
            f"图片“{proof['name']}”是 {_format(proof['file_name'])} 格式；{_AS_JPG}",
            False,
            "evidence",
            record,
        )
        for record, proof in others.items()
    ]


def _format(name: str) -> str:
    return PurePath(name).suffix.lstrip(".").upper()
