"""Remembers what each output was made from, so that a second run does nothing; must not know what the outputs are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

_NAME = ".made_from.json"
_RECIPES = sorted(Path(__file__).parent.glob("*.py"))


def _digest(paths: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


class Ledger:
    """Outputs of one folder and the hash of their sources. Not for use by two processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0
        self.kept = 0
        self._file = folder / _NAME
        self._known: dict[str, str] = _read(self._file)
        self._claimed: dict[str, str] = {}
        self._recipe = _digest(_RECIPES)

    def build(self, outputs: Sequence[Path], sources: Sequence[Path], make: Callable[[], object]) -> None:
        """Calls `make` unless all `outputs` exist and stem from the same bytes of `sources` and the same code."""
        stamp = f"{self._recipe}:{_digest(sources)}"
        names = [str(output.relative_to(self.folder)) for output in outputs]
        if all(self._known.get(name) == stamp and (self.folder / name).exists() for name in names):
            self.kept += len(names)
        else:
            for output in outputs:
                output.parent.mkdir(parents=True, exist_ok=True)
            make()
            self.made += len(names)
        self._claimed.update(dict.fromkeys(names, stamp))

    def close(self) -> int:
        """Deletes outputs whose source is gone, writes the ledger; the number deleted."""
        gone = [self.folder / name for name in self._known if name not in self._claimed]
        for path in gone:
            path.unlink(missing_ok=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(self._claimed, indent=0, sort_keys=True), encoding="utf-8")
        return len(gone)


def _read(file: Path) -> dict[str, str]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return {str(name): str(stamp) for name, stamp in known.items()}
