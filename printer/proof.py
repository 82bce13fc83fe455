"""Sheets to look at or to send to a printer by hand, as one file; must not know the spool nor any hall's data."""

import io
from collections.abc import Sequence

from PIL import Image

from printer.encode import encode_paper
from printer.faults import UnknownProof
from printer.press import open_press
from printer.profiles import profile_for
from printer.ticket import Slip

CUT_DOTS = 24  # of grey between two sheets of a picture


def draw_proof(sheets: Sequence[Slip], width_dots: int, profile_name: str, suffix: str) -> bytes:
    """Give all sheets as a PNG (".png", one under the other), or as the bytes a printer gets (".bin", each cut off).

    Raises UnknownProof for another suffix, UnknownProfile, SlipTooWide, FaceMissing.
    """
    if suffix not in (".png", ".bin"):
        raise UnknownProof(f"a proof is a .png or a .bin, not {suffix or 'a file without suffix'}")
    profile = profile_for(profile_name, width_dots)
    press = open_press()
    papers = [press.draw(slip, width_dots) for slip in sheets]
    return _png(papers) if suffix == ".png" else b"".join(encode_paper(paper, profile) for paper in papers)


def _png(papers: Sequence[Image.Image]) -> bytes:
    whole, buffer = papers[0], io.BytesIO()
    if len(papers) > 1:
        height = sum(paper.height for paper in papers) + CUT_DOTS * (len(papers) - 1)
        whole, y = Image.new("L", (papers[0].width, height), 160), 0
        for paper in papers:
            whole.paste(paper, (0, y))
            y += paper.height + CUT_DOTS
    whole.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()
