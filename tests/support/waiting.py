"""Waiting that lets everybody work: `QTest.qWait` keeps Python's lock, so that jobs on threads all but stand still."""

from PySide6.QtCore import QEventLoop, QTimer


def wait(ms: int) -> None:
    """Let the window and its jobs go on for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
