"""Where the store is."""

from __future__ import annotations

import os
from pathlib import Path


def place(named: Path | None = None) -> Path:
    """The file that was named, else that of `QUIZGEN_STATE`, else one in the user's data folder."""
    if named is not None:
        return named
    told = os.environ.get("QUIZGEN_STATE")
    if told:
        return Path(told)
    from platformdirs import user_data_path

    return user_data_path("quizgen", appauthor=False) / "progress.sqlite3"
