"""巡察桌面: the program without widgets."""

__version__ = "0.1.0"
