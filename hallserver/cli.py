"""The command `gighall`: every program of a hall by its name. Imports a part only when that part is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.pack import Pack
from config.settings import Settings, SettingsMistakes, load_settings
from printer.samples import LANGUAGES, SHEETS

if TYPE_CHECKING:
    from kiosk.scanning.image import Image

PAPER = "paper"  # folder of spool and marks under a machine's own
PRINTER_HELP = "The receipt printer: HOST:PORT, tcp://, usb:, serial:, file: or cups:, see defaults.toml."

HALLS = Path(__file__).parents[1] / "config" / "halls"


def settings_or_exit(**given: object) -> Settings:
    """The machine's settings; all mistakes at once and exit 2."""
    try:
        return load_settings(**given)
    except SettingsMistakes as mistakes:
        for sentence in mistakes.sentences:
            click.echo(f"setting {sentence}", err=True)
        sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gighall")
def main() -> None:
    """A gig-work market hall: server, wall, kiosk, tickets, queue and buses."""


def _for_child(**given: object) -> None:
    for key, value in given.items():
        if value is not None:
            os.environ[f"GIGHALL_{key.upper()}"] = str(value)


@main.command()
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one and prints it.")
@click.option("--host", help="Address to listen on.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of data base and key.")
def serve(port: int | None, host: str | None, data: Path | None) -> None:
    """Run the hall server."""
    _for_child(port=port, host=host, data_dir=data)
    os.execv(sys.executable, [sys.executable, "-m", "hallserver.launcher"])


@main.command()
@click.option("--screen", required=True, metavar="NAME", help="Name of this screen's own files under data_dir.")
@click.option("--headless", is_flag=True, help="Without a display (tests, demo).")
@click.option("--size", default="1920x1080", show_default=True, metavar="WIDTHxHEIGHT", help="Pixels of the glass.")
@click.option(
    "--window", type=(int, int), metavar="LEFT TOP", help="In a window there, not on the whole screen (demo)."
)
def wall(screen: str, headless: bool, size: str, window: tuple[int, int] | None) -> None:
    """Show the hall's wall full screen, keep it alive, and speak."""
    import re
    import signal

    from hallserver.logs import set_up_logs
    from signage.browser import BrowserFault, Glass
    from signage.player import Player

    pixels = re.fullmatch(r"(\d{3,5})x(\d{3,5})", size)
    if pixels is None or not re.fullmatch(r"[A-Za-z0-9._-]{1,60}", screen):
        raise click.ClickException("--size is as 1920x1080; --screen is letters, digits, dot, underline and hyphen")
    settings = settings_or_exit()
    set_up_logs(settings.log_level, settings.log_format)
    player = Player(settings, screen, Glass(int(pixels[1]), int(pixels[2]), headless, window))
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: player.stop())
    try:
        player.run()
    except BrowserFault as error:
        raise click.ClickException(str(error)) from error


@main.group()
def hall() -> None:
    """What a hall chooses: its hall pack."""


FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@hall.command("new")
@FOLDER
def hall_new(folder: Path) -> None:
    """Write a new pack to start from: the demo hall's, without its made-up firms, buses and phrases."""
    import shutil

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty")
    made_up = shutil.ignore_patterns("employers.toml", "lines.toml", "phrases.toml")
    shutil.copytree(HALLS / "qingshi", folder, dirs_exist_ok=True, ignore=made_up)
    click.echo(f"wrote {folder}; change hall.toml first, then: gighall hall check {folder}")


def _pack_or_exit(folder: Path) -> Pack:
    from config.pack import PackMistakes

    try:
        return Pack.load(folder)
    except PackMistakes as mistakes:
        for mistake in mistakes.mistakes:
            click.echo(str(mistake), err=True)
        click.echo(f"{len(mistakes.mistakes)} mistakes; nothing was changed", err=True)
        sys.exit(1)
    except OSError as error:
        raise click.ClickException(str(error)) from error


@hall.command("check")
@FOLDER
def hall_check(folder: Path) -> None:
    """Tell every mistake of a pack with file, line and proposal."""
    pack = _pack_or_exit(folder)
    click.echo(f"{folder} is right: {len(pack.trades)} trades, {len(pack.hall.counters)} counters")


@hall.command("diff")
@FOLDER
def hall_diff(folder: Path) -> None:
    """Show what applying a pack would change."""
    from hallserver.administration import open_office, pack_differences
    from hallserver.services.halls import NoHall

    pack = _pack_or_exit(folder)
    try:
        changed = pack_differences(open_office(settings_or_exit()), pack)
    except NoHall:
        changed = ["the data base holds no hall yet: everything is new"]
    click.echo("\n".join(changed) or "no difference")


@hall.command("apply")
@FOLDER
@click.option("--demo", is_flag=True, help="Mark the hall as a demo (only on a new data base).")
def hall_apply(folder: Path, demo: bool) -> None:
    """Put a pack into the data base, in one transaction."""
    from hallserver.administration import open_office, put_pack

    put_pack(open_office(settings_or_exit()), _pack_or_exit(folder), demo)
    click.echo("applied")


@hall.command("export")
@FOLDER
def hall_export(folder: Path) -> None:
    """Write the pack that is in the data base as files."""
    from hallserver.administration import export_pack, open_office
    from hallserver.services.halls import NoHall

    try:
        export_pack(open_office(settings_or_exit()), folder)
    except NoHall as error:
        raise click.ClickException("the data base holds no hall yet") from error
    click.echo(f"wrote {folder}")


@main.group()
def staff() -> None:
    """People who work in the hall."""


@staff.command("add")
@click.argument("login")
@click.option("--name", required=True, help="As colleagues see it.")
@click.option("--role", "roles", multiple=True, type=click.Choice(["admin", "authority", "clerk", "volunteer"]))
@click.option("--pin", help="Four to eight digits for paired tablets.")
@click.password_option(help="Asked for where it is not given.")
def staff_add(login: str, name: str, roles: tuple[str, ...], pin: str | None, password: str) -> None:
    """Let somebody sign in; prints the one-time recovery code for a sealed envelope."""
    from hallserver.administration import add_staff, open_office
    from hallserver.services.halls import NoHall
    from hallserver.services.staff import NewStaff

    if not roles or len(password) < 8 or (pin is not None and not (pin.isdigit() and 4 <= len(pin) <= 8)):
        raise click.ClickException("needs a --role, a password of at least 8 characters, a PIN of 4 to 8 digits")
    try:
        recovery = add_staff(open_office(settings_or_exit()), NewStaff(login, name, password, roles, pin))
    except NoHall as error:
        raise click.ClickException("the data base holds no hall yet") from error
    if recovery is None:
        raise click.ClickException(f"{login} is taken")
    click.echo(f"recovery code, shown once: {recovery}")


@main.group()
def db() -> None:
    """The data base."""


@db.command("migrate")
def db_migrate() -> None:
    """Bring the data base to today's schema."""
    from hallserver.administration import open_office

    open_office(settings_or_exit())
    click.echo("up to date")


@db.command("seed")
@click.option("--seed", "number", type=int, default=1, show_default=True, help="Same number, same hall.")
@click.option("--posts", type=int, default=400, show_default=True)
@click.option("--hall", "folder", type=click.Path(path_type=Path), default=HALLS / "qingshi", show_default="qingshi")
def db_seed(number: int, posts: int, folder: Path) -> None:
    """Fill an empty data base with the demo hall; refused where a real person is in it."""
    from hallserver.administration import open_office, seed_demo
    from hallserver.services.seed import RealPeople

    try:
        made = seed_demo(open_office(settings_or_exit()), _pack_or_exit(folder), number, posts)
    except RealPeople as error:
        raise click.ClickException("this data base holds a real hall; the demo does not touch it") from error
    click.echo(f"{made.posts} posts; staff login demo / {made.password} (PIN 2468)")
    for card in made.cards:
        click.echo(f"card {card}")


@db.command("backup")
@FOLDER
def db_backup(folder: Path) -> None:
    """Copy data base and key into a folder while the hall runs."""
    from hallserver.administration import back_up

    back_up(settings_or_exit(), folder)
    click.echo(f"wrote {folder}")


@main.command()
@click.argument("parts", nargs=-1, type=click.Choice(["server", "wall", "kiosk", "camera", "printer"]))
@click.option("--language", help="Language of the answer; else what this machine shows first.")
@click.option("--shot", type=click.Path(dir_okay=False, path_type=Path), help="Write what the camera sees as PNG.")
def doctor(parts: tuple[str, ...], language: str | None, shot: Path | None) -> None:
    """Say what this machine lacks, in plain words; all of it, or some PARTS. Exit code 1 where something is missing."""
    from config.texts import Catalogue, UnknownLanguage
    from hallserver.doctor.visit import report, visit

    settings = settings_or_exit(language=language)
    try:
        words = Catalogue.load(settings.language)
    except UnknownLanguage as error:  # the words themselves are what is missing
        raise click.ClickException(str(error)) from error
    found = list(visit(settings, parts))
    click.echo(report(words, found))
    if shot is not None:
        _shoot(settings, shot)
    sys.exit(any(finding.is_lack for _, findings in found for finding in findings))


def _shoot(settings: Settings, file: Path) -> None:
    from hallserver.doctor.camera import shoot

    try:
        click.echo(f"wrote {file}" if shoot(settings, file) else f"no picture, {file} was not written")
    except OSError as error:
        raise click.ClickException(f"cannot write {file}: {error.strerror}") from error


@main.command()
@click.option("--server", "server_url", help="Address of the hall server.")
@click.option("--data", "data_dir", type=click.Path(path_type=Path), help="Folder of this machine's own files.")
@click.option("--name", "device_name", help="Name of this machine's folder under it.")
@click.option("--camera", help="Device number, /dev/video*, a video file, an address, or off.")
@click.option("--printer", "printer_address", help=PRINTER_HELP)
@click.option("--size", "kiosk_size", help="Window in pixels, like 1080x1920.")
def kiosk(**given: object) -> None:
    """Run the kiosk on this machine's screen."""
    from kiosk.app import run

    run(settings_or_exit(**given))


@main.command("print-agent")
@click.option("--server", "server_url", help="Address of the hall server.")
@click.option("--data", "data_dir", type=click.Path(path_type=Path), help="Folder of this machine's own files.")
@click.option("--name", "device_name", help="Name of this machine's folder under it.")
@click.option("--printer", "printer_address", help=PRINTER_HELP)
@click.option(
    "--status", "task", flag_value="status", help="Say how the printer is, then end; exit code 1: it is stopped."
)
@click.option("--probe", "task", flag_value="probe", help="Print a test page and note what the printer can answer.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of --status and --probe; else every one.")
def print_agent(task: str | None, language: str | None, **given: object) -> None:
    """Print what the hall orders for the printer at this machine."""
    from printer.faults import PrinterFault

    settings = settings_or_exit(**given)
    if not settings.printer_address:
        raise click.ClickException("no printer: set printer_address or give --printer HOST:PORT")
    languages = (language,) if language else LANGUAGES
    try:
        {"status": _say_printer, "probe": _probe_printer}.get(task or "", _run_agent)(settings, languages)
    except PrinterFault as fault:
        raise click.ClickException(str(fault)) from fault


def _run_agent(settings: Settings, languages: Sequence[str]) -> None:
    import signal

    from printer.agent import Agent

    agent = Agent(settings, click.echo)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: agent.stop())
    agent.run()


def _say_printer(settings: Settings, languages: Sequence[str]) -> None:
    from config.texts import Catalogue
    from printer.check import check_printer, say_check

    check = check_printer(settings.data_dir / settings.device_name / PAPER, settings)
    for language in languages:
        for line in say_check(check, Catalogue.load(language)):
            click.echo(line)
    sys.exit(not check.can_print)


def _probe_printer(settings: Settings, languages: Sequence[str]) -> None:
    """A person says whether the page came out: only then is anything noted."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from config.texts import Catalogue
    from printer.outcomes import Reason
    from printer.pressroom import note_marks, probe_printer
    from printer.samples import load_sample
    from printer.ticket import TestPage

    def say(id: str) -> str:
        return "\n".join(Catalogue.load(language).text(id) for language in languages)

    folder = settings.data_dir / settings.device_name / PAPER
    page = load_sample("test_page", languages[0])
    if isinstance(page, TestPage):
        printed_at = f"{datetime.now(UTC).astimezone():%Y-%m-%d %H:%M}"
        page = replace(page, printer_name=settings.printer_address, printed_at=printed_at)
    found = probe_printer(folder, settings, page)
    if isinstance(found, Reason):
        raise click.ClickException(say(f"ticket.fault.{found}"))
    if not click.confirm(say("printer.probe_question")):
        raise click.ClickException(say("printer.probe_not_kept"))
    note_marks(folder, settings, found)
    click.echo(say("printer.proves" if found.can_prove else "printer.cannot_prove"))
    click.echo(say("printer.probe_kept"))


@main.command()
@click.option("--sample", type=click.Choice(list(SHEETS)), default="job_slip", show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="zh_Hans", show_default=True)
@click.option("--width", "width_dots", type=int, default=576, show_default=True, help="Paper width in dots.")
@click.option("--profile", default="default", show_default=True, help="Make of the printer, for F.bin.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="F.png, or F.bin for a printer."
)
def ticket(sample: str, language: str, width_dots: int, profile: str, out: Path) -> None:
    """Draw a sample slip: a picture of the paper, or the bytes a printer gets. The paper kit has several sheets."""
    from printer.faults import PrinterFault
    from printer.proof import draw_proof
    from printer.samples import load_sheets

    try:
        out.write_bytes(draw_proof(load_sheets(sample, language), width_dots, profile, out.suffix.lower()))
    except PrinterFault as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"wrote {out}")


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="IMAGE|VIDEO|DEVICE...")
@click.option("--frames", type=click.IntRange(1), help="At most so many frames of each; a device goes on until Ctrl-C.")
@click.option("--id", "id_cards", is_flag=True, help="Look for an ID card instead of codes (needs the extra id-card).")
@click.option("--unmasked", is_flag=True, help="With --id: show number and name whole.")
@click.option("--made-up", is_flag=True, help="With --id: also take prefix 99, which only made-up test cards have.")
def scan(sources: tuple[str, ...], frames: int | None, id_cards: bool, unmasked: bool, made_up: bool) -> None:
    """Read the codes in pictures, videos, or what a camera sees, or the ID card: a line of JSON for each frame.

    A camera is its number, /dev/video* or an address. Exit code 1 where one of the sources gave no picture at all,
    whether anything was read or not.
    """
    pictures = _frames_or_exit(sources, frames)
    if id_cards:
        _scan_id_cards(pictures, unmasked, made_up)
    else:
        _scan_codes(pictures)


def _scan_codes(pictures: Iterator[tuple[str, int, Image]]) -> None:
    import json
    from dataclasses import asdict

    from kiosk.scanning.codes import read_codes

    for source, nth, frame in pictures:
        codes = [asdict(code) | {"ms": round(code.ms, 1)} for code in read_codes(frame)]
        click.echo(json.dumps({"file": source, "frame": nth, "codes": codes}, ensure_ascii=False))


def _frames_or_exit(sources: tuple[str, ...], most: int | None) -> Iterator[tuple[str, int, Image]]:
    """(source, number, picture); what gives none is told on stderr, and exit 1 in the end. Ctrl-C ends all."""
    from itertools import islice

    from kiosk.scanning.source import spoken_source
    from kiosk.scanning.still import SourceFault, frames_of

    faults = 0
    for source in sources:
        try:
            for nth, frame in islice(frames_of(source), most):
                yield spoken_source(source), nth, frame
        except SourceFault as fault:
            faults += 1
            click.echo(str(fault), err=True)
        except KeyboardInterrupt:
            break
    sys.exit(1 if faults else 0)


def _scan_id_cards(pictures: Iterator[tuple[str, int, Image]], unmasked: bool, made_up: bool) -> None:
    import json

    from kiosk.scanning.id_card import is_installed, read_id_card, rule_today
    from kiosk.scanning.idcard.telling import tell

    if not is_installed():
        raise click.ClickException("ID cards cannot be read: install gighall with its extra id-card")
    rule = rule_today().with_prefix("99") if made_up else rule_today()
    for source, nth, frame in pictures:
        told = tell(read_id_card(frame, rule), "whole" if unmasked else "masked")
        click.echo(json.dumps({"file": source, "frame": nth} | told, ensure_ascii=False))


if __name__ == "__main__":
    main()
