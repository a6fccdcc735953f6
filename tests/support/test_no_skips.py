"""The plugin that judges a run is judged itself."""

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.pages
def test_page(): pytest.skip("no office")

def test_word(): pass

{more}
"""
PLAIN_SKIP = "def test_plain(): pytest.skip('no reason at all')"
INI = "[pytest]\nmarkers =\n    pages: x\n"
# Without the plugins it does not need, a run of its own takes a tenth of the time.
RUN = ("-p", "no:hypothesispytest", "-p", "no:pytest-qt", "-p", "tests.support.no_skips")


@pytest.mark.parametrize(
    ("options", "more", "passes"),
    [
        ((), "", False),
        (("--may-skip=pages",), "", True),
        (("-n", "1", "--may-skip=pages"), "", True),
        (("--may-skip=pages",), PLAIN_SKIP, False),
        (("-k", "word"), PLAIN_SKIP, True),
    ],
)
def test_a_skip_that_is_not_excused_fails_the_run(
    pytester: pytest.Pytester, options: tuple[str, ...], more: str, passes: bool
) -> None:
    pytester.makeini(INI)
    pytester.makepyfile(TESTS.format(more=more))
    result = pytester.runpytest_inprocess(*RUN, *options)
    assert result.ret == (pytest.ExitCode.OK if passes else pytest.ExitCode.TESTS_FAILED)
    assert ("which CI forbids" in result.stdout.str()) is not passes


def test_a_module_skipped_as_a_whole_fails_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import pytest\npytest.importorskip('no_such_module')", test_other="def test_one(): pass")
    result = pytester.runpytest_inprocess(*RUN)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
