"""What browsers, Kivy and paper need, built at set-up from the files people edit; knows no part that uses it."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
"""The folder of the source tree: the faces for pages are taken from its node_modules."""

CONFIG = PROJECT / "config"
DERIVED = CONFIG / "derived"


class DeriveFault(Exception):
    """A source file that cannot be turned into what the screens need; the text names the file and what is wrong."""
