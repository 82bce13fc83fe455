"""Copies the scripts that pages need from npm to where the hall serves them; must not know what a page does with
them."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from config.derive.ledger import Ledger

FROM_NPM = Path(__file__).parents[2] / "node_modules"
SCRIPTS = {"socket.io.mjs": FROM_NPM / "socket.io-client" / "dist" / "socket.io.esm.min.js"}


def derive(ledger: Ledger) -> list[str]:
    """Builds what can be built; a sentence for each source that this machine lacks."""
    return [lack for name, source in SCRIPTS.items() if (lack := _derive_one(name, source, ledger))]


def _derive_one(name: str, source: Path, ledger: Ledger) -> str | None:
    if not source.exists():
        return f"no {name} for pages: node_modules lacks {source.name} (npm ci)"
    target = ledger.folder / "vendor" / name
    ledger.build([target], [source], partial(shutil.copyfile, source, target))
    return None
