"""The log says what happened where, and nothing that stands in a case."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from xuncha_desktop.errors import UserError
from xuncha_desktop.logs import FILE_NAME, ContentFree, start_logging

log = logging.getLogger("xuncha_desktop.test")
MARKERS = ("张三", "虚报", "13800138000", "11010519491231002X", "secret note", "marker")


@pytest.fixture
def handler(tmp_path: Path) -> Iterator[logging.Handler]:
    root = logging.getLogger()
    level, sql = root.level, logging.getLogger("sqlalchemy").level
    handler = start_logging(tmp_path / "logs")
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)
    logging.getLogger("sqlalchemy").setLevel(sql)
    handler.close()


def written(tmp_path: Path) -> str:
    return (tmp_path / "logs" / FILE_NAME).read_text(encoding="utf-8")


def test_ids_numbers_and_plain_words_are_written(handler: logging.Handler, tmp_path: Path) -> None:
    log.info("saved %s %s in %.1f ms, %d fields, ok=%s", "paper", "018f2e3a-1b2c-7d3e-8f4a-5b6c7d8e9f00", 3.25, 4, True)
    log.info("by name: %(id)s", {"id": "A:42"})
    text = written(tmp_path)
    assert (
        "INFO xuncha_desktop.test saved paper 018f2e3a-1b2c-7d3e-8f4a-5b6c7d8e9f00 in 3.2 ms, 4 fields, ok=True" in text
    )
    assert "by name: A:42" in text


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("saved %s", ("张三虚报费用",)),
        ("saved %r", ("张三",)),
        ("saved 张三虚报费用", ()),
        (f"called {13800138000} about 11010519491231002X", ()),
        ("number %d", (13800138000,)),
        ("row %s", ({"name": "张三", "phone": "13800138000"},)),
        ("row %(name)s", ({"name": "张三"},)),
        ("path %s", (Path("D:/marker 张三/case.db"),)),
        ("value 'marker' and \"secret note\"", ()),
        ("free text %s", ("secret note",)),
        ("failed: %s", (ValueError("张三 marker"),)),
        ("wrong count %s %s", ("张三",)),
        (["张三"], ()),
    ],
)
def test_content_in_a_message_is_masked(message: object, args: tuple[object, ...]) -> None:
    text = ContentFree().format(log.makeRecord(log.name, logging.WARNING, __file__, 1, message, args, None))
    assert "WARNING xuncha_desktop.test" in text
    assert not [marker for marker in MARKERS if marker in text]


def provoke(kind: str, tmp_path: Path) -> None:
    if kind == "sqlalchemy":
        import sqlalchemy

        engine = sqlalchemy.create_engine("sqlite://", module=__import__("sqlcipher3").dbapi2)
        try:
            with engine.begin() as conn:
                conn.execute(sqlalchemy.text("CREATE TABLE t (a TEXT CHECK (a = ''))"))
                conn.execute(sqlalchemy.text("INSERT INTO t VALUES (:a)"), {"a": "张三 marker"})
        finally:
            engine.dispose()
    elif kind == "sqlcipher3":
        from xuncha_desktop.store.connection import dbapi2

        conn = dbapi2.connect(":memory:")
        try:
            conn.execute("SELECT '张三 secret note' FROM marker")
        finally:
            conn.close()
    elif kind == "value":
        int("张三")
    elif kind == "key":
        {}["marker"]
    elif kind == "user":
        raise UserError("张三的底稿保存不了，marker")
    elif kind == "file":
        (tmp_path / "marker 张三.docx").read_bytes()


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("sqlalchemy", "IntegrityError SQLITE_CONSTRAINT"),
        ("sqlcipher3", "OperationalError SQLITE_ERROR"),
        ("value", "builtins.ValueError"),
        ("key", "builtins.KeyError"),
        ("user", "xuncha_desktop.errors.UserError"),
        ("file", "builtins.FileNotFoundError ENOENT"),
    ],
)
def test_an_exception_leaves_its_kind_and_place_but_not_its_words(
    handler: logging.Handler, tmp_path: Path, kind: str, named: str
) -> None:
    try:
        try:
            provoke(kind, tmp_path)
        except Exception as error:
            raise RuntimeError("while saving 张三 marker") from error
    except RuntimeError:
        log.exception("job failed")
    text = written(tmp_path)
    assert named in text
    assert "builtins.RuntimeError" in text
    assert text.index(named) < text.index("builtins.RuntimeError"), "the cause comes first"
    assert "test_logs.py:" in text
    assert " provoke" in text
    assert not [marker for marker in MARKERS if marker in text]


def test_other_handlers_see_the_record_as_it_was(handler: logging.Handler, caplog: pytest.LogCaptureFixture) -> None:
    log.warning("saved %s", "张三")
    assert caplog.messages == ["saved 张三"]


def test_statements_with_their_parameters_are_not_logged(handler: logging.Handler, tmp_path: Path) -> None:
    logging.getLogger("sqlalchemy.engine").info("INSERT %s", "marker")
    log.info("end")
    assert "INSERT" not in written(tmp_path)


def test_the_log_does_not_grow_for_ever(handler: logging.Handler, tmp_path: Path) -> None:
    handler.maxBytes = 2000  # type: ignore[attr-defined] - the rotating handler behind the plain type
    for number in range(500):
        log.info("step %d", number)
    kept = list((tmp_path / "logs").iterdir())
    assert len(kept) == 4
    assert sum(path.stat().st_size for path in kept) < 10_000
    assert "step 499" in written(tmp_path)
