"""What this kiosk knows at one moment, gathered once per frame, with the readings that several screens share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from config.words import Speaker
from kiosk.flow.scenes import Filter, Way

Item = Mapping[str, Any]

AGEING_S, STALE_S = 10.0, 60.0
"""From the first a small sign tells the age; from the second nothing is given away on the strength of this picture."""

CameraState = Literal["off", "opening", "seeing", "lost"]


@dataclass(frozen=True)
class Picture:
    """The kiosk's replica and what surrounds it. `clock` is hall time `05:42` or empty; `age_s` None: never heard.

    `camera` is `off` while nothing is to be scanned, too; `has_camera`: this machine has one that could run.
    """

    items: Mapping[str, Item]
    is_loaded: bool
    age_s: float | None
    clock: str
    hall_now: str
    camera: CameraState
    has_camera: bool
    reads_id_cards: bool
    has_printer: bool
    has_voice: bool
    language_label: str

    @property
    def is_stale(self) -> bool:
        """Too old to give places away by."""
        return self.age_s is None or self.age_s >= STALE_S

    @property
    def hall(self) -> Item:
        """The hall's own item; empty before the first picture."""
        return self.items.get("hall/main", {})

    def job(self, job_id: str) -> Item | None:
        """A post that is still shown."""
        return self.items.get(f"job/{job_id}")

    def trip_of(self, job: Item) -> Item | None:
        """The bus of a post, while one can still be caught."""
        return self.items.get(f"trip/{job['bus']['trip']}") if job["bus"] else None

    def of_kind(self, kind: str) -> Iterator[tuple[str, Item]]:
        """(id, item) of every item `kind/id`."""
        prefix = kind + "/"
        return ((key[len(prefix) :], item) for key, item in self.items.items() if key.startswith(prefix))


def fits(job: Item, wanted: Filter) -> bool:
    """Whether a post stands in the list of this filter; a full one does not."""
    return (
        job["state"] == "live"
        and wanted.trade in (None, job["trade"])
        and (not wanted.is_paid_daily or job["settlement"] == "daily")
        and (not wanted.has_bus or job["bus"] is not None)
        and (not wanted.suits_older or "older" in job["suits"])
    )


def listed(picture: Picture, wanted: Filter) -> list[tuple[str, Item]]:
    """Posts of a filter: what can be reached soonest first."""
    found = [(job_id, job) for job_id, job in picture.of_kind("job") if fits(job, wanted)]
    return sorted(found, key=lambda pair: (pair[1]["rank"], pair[0]))


def open_ways(picture: Picture, job: Item) -> tuple[Way, ...]:
    """The ways that lead to a post now: no seat or no bus any more closes only the way by bus."""
    trip = picture.trip_of(job)
    has_seat = trip is not None and trip["left"] > 0 and trip["state"] in ("planned", "boarding")
    return tuple(cast(Way, way) for way in job["ways"] if way != "bus" or has_seat)


def way_line(picture: Picture, job: Item, speaker: Speaker) -> str:
    """How one gets there, in one line: bus with time, bay and seats left, or otherwise."""
    return speaker.say([_way_message(picture, job, way) for way in _told_ways(job)])


def card_way_line(picture: Picture, job: Item, speaker: Speaker) -> str:
    """The same for a card of the list: where there is a bus, it is told, without its bay."""
    if not job["bus"]:
        return way_line(picture, job, speaker)
    at, _, *seats = bus_message(job["bus"], picture.trip_of(job))
    return speaker.say([at, *seats])


def way_sign(job: Item) -> str:
    """The picture before that line: the sign of the bus where there is one."""
    if job["bus"]:
        return "signs/" + str(job["bus"]["sign"])
    return {"own": "ui/own-way", "employer_car": "ui/car"}.get(_told_ways(job)[0], "ui/bus")


def _told_ways(job: Item) -> list[str]:
    return [way for way in job["ways"] if way != "bus" or job["bus"]] or ["bus"]


def _way_message(picture: Picture, job: Item, way: str) -> Any:
    if way != "bus":
        return {"k": f"kiosk.way.{way}"}
    return bus_message(job["bus"], picture.trip_of(job)) if job["bus"] else {"k": "kiosk.bus_gone"}


def bus_message(bus: Item, trip: Item | None) -> list[Any]:
    """Bus with its time, bay, seats left or that it is full: a list to be joined."""
    seats = {"k": "kiosk.seats_left", "a": {"count": trip["left"]}} if trip and trip["left"] > 0 else None
    full = {"k": "kiosk.bus_full"} if trip and trip["left"] <= 0 else None
    return [
        {"k": "kiosk.bus_at", "a": {"at": bus["at"]}},
        {"k": "ticket.bay", "a": {"bay": str(bus["bay"])}},
        seats,
        full,
    ]
