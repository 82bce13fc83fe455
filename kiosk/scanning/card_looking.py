"""What is made of the frames of a showing that looks for an ID card; knows not how a card is read.

The card's reader works in a thread of its own: it is handed the newest frame and asked what it knows by now.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from kiosk.scanning.hints import Hint
from kiosk.scanning.looking import Advice, Again, Looking
from kiosk.scanning.region import region_of
from kiosk.scanning.source import Image
from kiosk.scanning.told import CardRead, IdCardLike, ReaderMissing, Told
