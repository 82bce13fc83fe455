"""Takes the pictures of a demo at the morning's moments and puts them on one page. Decides no moment itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from demo_hall.contact_sheet import Shot, write_sheet
from signage.record import take_frames, to_animation

FILMED = ("wall", "posted")
"""The moment that is also kept as a moving picture: rows scroll by, a new post has just arrived."""

FILM_LASTS_S, FILM_WIDTH_PX = 7.0, 960


class Eye(Protocol):
    """Gives what is on a glass as PNG."""

    def picture(self) -> bytes: ...


class Photographer:
    """`take` at every moment, `finish` once."""

    def __init__(self, folder: Path, eyes: dict[str, Eye]) -> None:
        self._folder, self._eyes = folder, eyes
        self._shots: list[Shot] = []
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob("*-[0-9][0-9]-*.[pw]*"), folder / "index.html"):
            old.unlink(missing_ok=True)

    def take(self, screen: str, name: str) -> None:
        """What is on the glass now."""
        file = self._file(screen, name)
        file.write_bytes(self._eyes[screen].picture())
        self._shots.append(Shot(screen, name, file))
        if (screen, name) == FILMED:
            self._film(screen)

    def _film(self, screen: str) -> None:
        frames = take_frames(self._eyes[screen].picture, FILM_LASTS_S)
        file = self._file(screen, "moving").with_suffix(".webp")
        file.write_bytes(to_animation(frames, FILM_WIDTH_PX))
        self._shots.append(Shot(screen, "moving", file))

    def keep_paper(self, papers: list[Path]) -> None:
        """Slips as they came out of the printer."""
        for paper in papers:
            file = self._file("paper", "slip")
            shutil.copyfile(paper, file)
            self._shots.append(Shot("paper", "slip", file))

    def finish(self, facts: dict[str, object]) -> Path:
        """-> the page with every picture."""
        return write_sheet(self._folder, self._shots, facts)

    def _file(self, screen: str, name: str) -> Path:
        nth = sum(shot.screen == screen for shot in self._shots) + 1
        return self._folder / f"{screen}-{nth:02d}-{name}.png"
