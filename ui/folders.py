"""Where a dialog for files begins: in the folder last used for the same purpose, else where such files usually lie."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from xuncha_desktop.settings import Settings

_Place = QStandardPaths.StandardLocation


def for_evidence(settings: Settings) -> Path:
    """Where evidence was taken from; pictures come first to a laptop that saw none yet."""
    return _first(settings.evidence_folder, _Place.PicturesLocation, _Place.DesktopLocation)


def for_lists(settings: Settings) -> Path:
    """Where lists and old papers were read from."""
    return _first(settings.import_folder, _Place.DesktopLocation, _Place.DocumentsLocation)


def for_exports(settings: Settings) -> Path:
    """Where documents were put."""
    return _first(settings.export_folder, _Place.DesktopLocation, _Place.DocumentsLocation)


def _first(remembered: str, *usual: QStandardPaths.StandardLocation) -> Path:
    wanted = [Path(remembered)] if remembered else []
    wanted += [Path(QStandardPaths.writableLocation(place)) for place in usual]
    return next((folder for folder in wanted if folder.is_dir()), Path.home())
