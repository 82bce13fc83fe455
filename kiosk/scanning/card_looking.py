"""What is made of the frames of a showing that looks for an ID card; knows not how a card is read.

The card's reader works in a thread of its own: it is handed the newest frame and asked what it knows by now.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.scanning.id_card import CardReader, IdCard, is_installed
from kiosk.scanning.image import Image
from kiosk.scanning.looking import Advice, Again, Looking
from kiosk.scanning.region import region_of
from kiosk.scanning.told import CardRead, ReaderMissing, Told


def card_looking() -> Looking:
    """Reads cards, or says once that this machine cannot."""
    return CardLooking(CardReader()) if is_installed() else CannotRead()


class CardLooking:
    """An ID card, as soon as two frames agree. Starts the reader, which ends with `close`."""

    def __init__(self, reader: CardReader) -> None:
        self._reader, self._advice, self._again = reader, Advice("id_card"), Again()
        reader.start()

    def look(self, frame_bgr: Image, now_s: float) -> Iterator[Told]:
        """What the reader knows by now of the frames before, then advice: the reader's where it has one."""
        region = region_of(frame_bgr)
        self._reader.look(region)
        newest = self._reader.newest()
        if isinstance(newest, IdCard):
            yield from self._advice.read(now_s)
            if self._again.is_due(newest.number, now_s):
                yield CardRead(newest)
        else:
            yield from self._advice.of(region, now_s, newest)

    def close(self) -> None:
        """The reader's thread ends; frame, card and number are forgotten."""
        self._reader.stop()


class CannotRead:
    """A part of the package is not installed."""

    def __init__(self) -> None:
        self._is_said = False

    def look(self, frame_bgr: Image, now_s: float) -> Iterator[Told]:
        """Once."""
        if not self._is_said:
            self._is_said = True
            yield ReaderMissing("id_card")

    def close(self) -> None:
        """Nothing runs."""
