"""Lays out the one typeface for pages, Kivy and paper; must not know where it is shown.

Pages: `fonts/web/noto-sans-sc.css` with the subset files of weights 400 and 700, from npm. Kivy and paper:
`fonts/NotoSansSC-Regular.otf` and `-Bold.otf`, taken out of Debian's collections.
"""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path

from fontTools.ttLib import TTFont

from config.derive import PROJECT, DeriveFault
from config.derive.ledger import Ledger

WEIGHTS = (400, 700)
FROM_NPM = PROJECT / "node_modules" / "@fontsource" / "noto-sans-sc"
FROM_DEBIAN = Path("/usr/share/fonts/opentype/noto")
_FACES = ("Regular", "Bold")
_SIMPLIFIED_CHINESE = 2
"""Face of the collection: 0 JP, 1 KR, 2 SC, 3 TC, 4 HK (names in its name table; checked when it is taken out)."""
_WOFF2 = re.compile(r"url\(\./files/(?P<name>[\w.-]+\.woff2)\) format\('woff2'\)(?:, url\([^)]*\) format\('woff'\))?")


def derive(ledger: Ledger) -> list[str]:
    """Builds what can be built; a sentence for each source that this machine lacks."""
    return [lack for lack in (_derive_web(ledger), *(_derive_face(face, ledger) for face in _FACES)) if lack]


def _derive_web(ledger: Ledger) -> str | None:
    sheets = [FROM_NPM / f"{weight}.css" for weight in WEIGHTS]
    if not all(sheet.exists() for sheet in sheets):
        return "no faces for pages: node_modules lacks @fontsource/noto-sans-sc (npm ci)"
    texts = [sheet.read_text(encoding="utf-8") for sheet in sheets]
    names = sorted({match["name"] for text in texts for match in _WOFF2.finditer(text)})
    folder = ledger.folder / "fonts" / "web"
    outputs = [folder / "noto-sans-sc.css", *(folder / "files" / name for name in names)]
    ledger.build(outputs, [*sheets, FROM_NPM / "package.json"], partial(_copy_web, texts, names, folder))
    return None


def _copy_web(texts: list[str], names: list[str], folder: Path) -> None:
    for name in names:
        shutil.copyfile(FROM_NPM / "files" / name, folder / "files" / name)
    sheet = "".join(_WOFF2.sub(r"url(./files/\g<name>) format('woff2')", text) for text in texts)
    (folder / "noto-sans-sc.css").write_text(sheet, encoding="utf-8")


def _derive_face(face: str, ledger: Ledger) -> str | None:
    collection = FROM_DEBIAN / f"NotoSansCJK-{face}.ttc"
    if not collection.exists():
        return f"no {face} face for kiosk and paper: {collection} is missing (Debian package fonts-noto-cjk)"
    target = ledger.folder / "fonts" / f"NotoSansSC-{face}.otf"
    ledger.build([target], [collection], partial(_take_out, collection, target))
    return None


def _take_out(collection: Path, target: Path) -> None:
    font = TTFont(collection, fontNumber=_SIMPLIFIED_CHINESE, lazy=True)
    family = font["name"].getDebugName(1)
    if family is None or not family.startswith("Noto Sans CJK SC"):
        raise DeriveFault(f"{collection}: face {_SIMPLIFIED_CHINESE} is {family}, not Noto Sans CJK SC")
    font.save(target)
