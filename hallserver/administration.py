"""What an administrator does to a data base from the command line: packs, migration, seed, backup. No socket, no
page."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from config.clock import clock_of
from config.pack import Pack
from config.settings import Settings
from hallserver.services import devices, seed
from hallserver.services import staff as staff_service
from hallserver.services.execute import Sources, perform
from hallserver.services.halls import apply_pack, stored_pack, touch_hall
from hallserver.services.staff import NewStaff
from hallserver.store.database import is_sqlite, open_engine
from hallserver.store.schema import migrate
from hallserver.store.tables import hall, staff
from hallserver.store.vault import Vault, load_key
from hallserver.store.work import SYSTEM
from hallserver.store.writer import run_alone

SEED_PEOPLE = 12
PACK_FILES = ("hall.toml", "trades.toml", "employers.toml", "lines.toml")


@dataclass(frozen=True)
class Office:
    """An opened and migrated data base with what commands need beside it."""

    engine: Engine
    sources: Sources

    def write(self, name: str, verb: Any) -> Any:
        """One verb in one transaction."""
        return run_alone(self.engine, lambda conn: perform(conn, self.sources, SYSTEM, name, verb))


def open_office(settings: Settings) -> Office:
    """Creates folder, key and schema where they are missing."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database, 0)
    migrate(engine)
    vault = Vault(load_key(settings.data_dir / "hall.key"))
    return Office(engine, Sources(clock_of(settings).now, secrets.token_bytes, vault))


def put_pack(office: Office, pack: Pack, is_demo: bool) -> None:
    """Applies a pack in one transaction and tells every screen."""

    def verb(conn: Connection) -> None:
        apply_pack(conn, pack, office.sources.now(), office.sources.random_bytes, is_demo)
        perform(conn, office.sources, SYSTEM, "apply-pack", touch_hall)

    run_alone(office.engine, verb)


def pack_differences(office: Office, pack: Pack) -> list[str]:
    """Dotted places where the folder and the data base differ, with both values."""
    with office.engine.connect() as conn:
        held = _flat("", stored_pack(conn))
    wanted = _flat("", pack.model_dump(mode="json"))
    places = sorted(held.keys() | wanted.keys())
    return [
        f"{place}: {held.get(place, '-')} -> {wanted.get(place, '-')}"
        for place in places
        if held.get(place) != wanted.get(place)
    ]


def _flat(place: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {k: v for key, part in value.items() for k, v in _flat(f"{place}.{key}" if place else key, part).items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {
            k: v
            for nth, part in enumerate(value)
            for k, v in _flat(f"{place}[{part.get('id', part.get('number', nth))}]", part).items()
        }
    return {place: value}


def export_pack(office: Office, folder: Path) -> None:
    """Writes the pack in the data base as the files it came from (without their comments)."""
    with office.engine.connect() as conn:
        held = stored_pack(conn)
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        "hall.toml": held["hall"],
        **{f"{name}.toml": {name: held[name]} for name in ("trades", "employers", "lines")},
    }
    if held.get("phrases"):
        parts["phrases.toml"] = held["phrases"]
    for name, part in parts.items():
        (folder / name).write_text(tomli_w.dumps(_without_none(part)), encoding="utf-8")


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(part) for key, part in value.items() if part is not None}
    return [_without_none(part) for part in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Seeded:
    """What a demo's seed made: credentials are shown once."""

    password: str
    recovery_codes: list[str]
    cards: list[str]
    posts: int


def seed_demo(office: Office, pack: Pack, seed_number: int, posts: int) -> Seeded:
    """Fills an empty data base with the demo hall. Raises RealPeople where it is not one."""
    if not _is_new(office):
        office.write("check-demo", seed.refuse_real_people)
    put_pack(office, pack, is_demo=True)
    password = secrets.token_urlsafe(6)
    people = office.write("seed-staff", lambda work: seed.seed_staff(work, password))
    trips = office.write("seed-buses", seed.seed_buses)
    made = office.write("seed-posts", lambda work: seed.seed_posts(work, seed_number, posts, trips))
    cards = office.write("seed-people", lambda work: seed.seed_people(work, SEED_PEOPLE))
    office.write("seed-queue", seed.seed_queue)
    return Seeded(password, [one["recovery_code"] for one in people], cards, len(made))


def _is_new(office: Office) -> bool:
    with office.engine.connect() as conn:
        return conn.execute(select(hall.c.id)).first() is None and conn.execute(select(staff.c.id)).first() is None


def add_staff(office: Office, new: NewStaff) -> str | None:
    """-> the recovery code, or None where the login is taken. Raises NoHall."""
    try:
        made = office.write("add-staff", lambda work: staff_service.add_staff(work, new))
    except IntegrityError:
        return None
    return str(made["recovery_code"])


def add_device(office: Office, role: str, name: str) -> str:
    """-> token of a new device, for demo and tests; people pair by six digits."""
    return str(office.write("add-device", lambda work: devices.add_device(work, role, name))[1])


def back_up(settings: Settings, target: Path) -> None:
    """A consistent copy while the hall runs, with the key beside it: without the key the copy opens for nobody."""
    target.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database, 0)
    if is_sqlite(engine):
        source = sqlite3.connect(settings.database.removeprefix("sqlite:///"))
        copy = sqlite3.connect(target / "hall.sqlite")
        with copy:
            source.backup(copy)
        copy.close()
        source.close()
    else:
        url = settings.database.replace("postgresql+psycopg://", "postgresql://")
        subprocess.run(["pg_dump", "--format=custom", f"--file={target / 'hall.dump'}", url], check=True, timeout=3600)
    shutil.copy2(settings.data_dir / "hall.key", target / "hall.key")
