"""A pytest plugin for CI (`-p tests.support.no_skips`): a skipped test fails the run, so that nothing goes unproved."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one way out, for what a later run proves."""
    parser.addoption("--may-skip", default="", metavar="MARK", help="tests with this mark may be skipped all the same")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a run with forbidden skips into a failed one."""
    if _forbidden(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name the tests that were skipped and why, above the closing line."""
    for report in _forbidden(config):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"skipped, which CI forbids: {report.nodeid}: {reason}", red=True)


def _forbidden(config: pytest.Config) -> list[pytest.TestReport | pytest.CollectReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, pytest.TerminalReporter):
        return []  # a worker of xdist: the controller judges
    excused = config.getoption("--may-skip")
    return [report for report in reporter.stats.get("skipped", []) if not excused or excused not in report.keywords]
