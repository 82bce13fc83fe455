"""`scripts/demo`: reads what was asked for, opens the house, and ends with it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from demo_hall.plan import Plan, language_of_this_terminal
from demo_hall.show import Show
from demo_hall.terminal import Terminal
from tests.mornings.script import read_morning

CANNOT = 2
DEFAULT_MORNING, MORNING_PEAK = "demo_morning", "05:30"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--at", metavar="HH:MM", help="Hall time to begin at; 05:30, or when the morning that is played begins.")
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 20),
    default=1.0,
    show_default=True,
    help="Seconds of hall time per real second.",
)
@click.option("--seed", default=1, show_default=True, help="Same number, same hall.")
@click.option("--posts", default=400, show_default=True, help="How many live posts the hall begins with.")
@click.option("--headless", "is_headless", is_flag=True, help="No display needed: Xvfb and headless Chromium.")
@click.option(
    "--play", "morning", is_flag=False, flag_value=DEFAULT_MORNING, metavar="[MORNING]", help="Play a morning."
)
@click.option("--shots", type=click.Path(file_okay=False, path_type=Path), help="Write pictures and index.html, end.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Keep the demo's data in this folder.")
@click.option("--language", type=click.Choice(["zh_Hans", "en"]), default=language_of_this_terminal)
@click.option("--screens-in", type=click.Choice(["zh_Hans", "en"]), default="zh_Hans", show_default=True)
def main(data: Path | None, shots: Path | None, **asked: object) -> None:
    """Open a fictional hall on this machine, to look at and to break."""
    terminal = Terminal(str(asked["language"]))
    if not asked["is_headless"] and not os.environ.get("DISPLAY"):
        terminal.complain("demo.no_display")
        sys.exit(CANNOT)
    asked["at"] = asked["at"] or _begins_at(asked["morning"])
    folder = data or Path(tempfile.mkdtemp(prefix="gighall-demo-"))
    plan = Plan(folder=folder.resolve(), shots=shots.resolve() if shots else None, **asked)  # type: ignore[arg-type]
    try:
        code = Show(plan, terminal).run()
    finally:
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code)


def _begins_at(morning: object) -> str:
    return read_morning(str(morning)).at if morning else MORNING_PEAK


if __name__ == "__main__":
    main(prog_name="scripts/demo")
