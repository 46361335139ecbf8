"""Where the program's own files lie, from source and in the frozen program, and where a person's settings go."""

import os
import sys
from pathlib import Path


def resources() -> Path:
    """Return the folder of the program's own read-only files (fonts, icons, code lists, samples)."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parent.parent / "resources"


def settings_file() -> Path:
    """Return the file of the person's settings; it never holds case data.

    TAC_DESKTOP_SETTINGS names another file (tests, managed installations).
    """
    chosen = os.environ.get("TAC_DESKTOP_SETTINGS")
    if chosen:
        return Path(chosen)
    from platformdirs import user_config_path  # costs a sixth of a bare start

    return user_config_path("TaC Desktop", appauthor=False) / "settings.json"
