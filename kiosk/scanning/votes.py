"""Decides which readings are believed; knows no picture.

QR and Data Matrix correct and check themselves: one reading is enough. The rest is weak: two looks or frames must
agree. zbar drops FNC4 from Code 128, takes stripes for Code 39 and smears for EAN-13: about barcodes it may second
zxing-cpp, but is never believed without it, nor against it.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from kiosk.scanning.symbologies import WEAK_FORMATS, Code, Symbology

ZBAR = "zbar"
FRAMES_REMEMBERED = 12
"""About half a second of a camera."""

TIMES_MORE = 3
"""So many more looks than any other text in its place must a barcode's text have in a still picture."""

_UNCHECKED: frozenset[Symbology] = frozenset({"Code39"})
"""Without any check: where a fold hides a character, one look misreads every frame alike, so a second must agree."""

ALIKE = 0.5
"""Share of characters in common, from which two texts may come from one symbol."""

_Said = tuple[Symbology, str]


def agreed(found: Sequence[Code]) -> list[Code]:
    """What all looks at one still picture together say: each text once, as its first reader had it.

    A weak symbology needs two looks, and three times as many as read something else in the same place.
    """
    firsts = _firsts(found)
    return [code for code in firsts.values() if code.symbology not in WEAK_FORMATS or _is_seen_alike(code, found)]


def each_once(found: Iterable[Code]) -> list[Code]:
    """The first of each text and symbology."""
    return list(_firsts(found).values())


class Votes:
    """Over the frames of one camera; one `count` a frame."""

    def __init__(self) -> None:
        self._frames: deque[list[Code]] = deque(maxlen=FRAMES_REMEMBERED)

    def count(self, found: Sequence[Code]) -> list[Code]:
        """What was found in this frame -> what of it is believed."""
        self._frames.append([code for code in found if code.symbology in WEAK_FORMATS])
        return [code for code in each_once(found) if code.symbology not in WEAK_FORMATS or self._is_agreed(code)]

    def _is_agreed(self, code: Code) -> bool:
        frames = [one for frame in self._frames for one in each_once(frame)]
        own = sum(_is_same(code, one) for one in frames)
        rivals = Counter(one.text for one in frames if _is_rival(code, one) and not one.reader.startswith(ZBAR))
        is_most = own > 1 and own >= TIMES_MORE * max(rivals.values(), default=0)
        looks = 2 if code.symbology in _UNCHECKED else 1
        return is_most and _voices(code, (one for frame in self._frames for one in frame)) >= looks


def _firsts(found: Iterable[Code]) -> dict[_Said, Code]:
    firsts: dict[_Said, Code] = {}
    for code in found:
        firsts.setdefault((code.symbology, code.text), code)
    return firsts


def _voices(code: Code, found: Iterable[Code]) -> int:
    """How many looks of zxing-cpp say so; all of zbar's are one more, but none where zxing-cpp is silent."""
    readers = {one.reader for one in found if _is_same(code, one)}
    from_zxing = {reader for reader in readers if not reader.startswith(ZBAR)}
    return len(from_zxing) + (len(readers) > len(from_zxing)) if from_zxing else 0


def _is_seen_alike(code: Code, found: Sequence[Code]) -> bool:
    own = _voices(code, found)
    rivals = (_voices(one, found) for one in found if _is_rival(code, one))
    return own > 1 and own >= TIMES_MORE * max(rivals, default=0)


def _is_same(code: Code, other: Code) -> bool:
    return (code.symbology, code.text) == (other.symbology, other.text)


def _is_rival(code: Code, other: Code) -> bool:
    """Whether both may be readings of one symbol: they lie on each other or, read in two rows of it, are alike."""
    if code.symbology != other.symbology or code.text == other.text:
        return False
    is_alike = SequenceMatcher(None, code.text, other.text, autojunk=False).ratio() > ALIKE
    return is_alike or _lie_on_each_other(code, other)


def _lie_on_each_other(first: Code, second: Code) -> bool:
    if not first.corners or not second.corners:
        return True
    return all(
        min(place[axis] for place in one.corners) <= max(place[axis] for place in other.corners)
        for axis in (0, 1)
        for one, other in ((first, second), (second, first))
    )
