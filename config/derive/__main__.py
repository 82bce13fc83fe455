"""`python -m config.derive`: builds everything derived that is out of date; the only place that knows all recipes."""

from __future__ import annotations

import sys
import time

from config.derive import CONFIG, DERIVED, DeriveFault, catalogues, fonts, look, pictures, scripts
from config.derive.ledger import Ledger


def main() -> int:
    """0 when all that this machine allows was built, 1 when a source file is wrong."""
    began = time.monotonic()
    ledger = Ledger(DERIVED)
    try:
        catalogues.derive(CONFIG / "locales", ledger)
        look.derive(CONFIG / "look.toml", ledger)
        pictures.derive(CONFIG / "pictograms", ledger)
        lacks = fonts.derive(ledger) + scripts.derive(ledger)
    except DeriveFault as fault:
        print(f"derive: {fault}", file=sys.stderr)
        return 1
    deleted = ledger.close()
    for lack in lacks:
        print(f"derive: {lack}", file=sys.stderr)
    seconds = time.monotonic() - began
    print(f"derive: {ledger.made} files built, {ledger.kept} up to date, {deleted} deleted, {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
