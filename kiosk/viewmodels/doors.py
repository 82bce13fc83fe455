"""Home and the two doors that lead to no post: bus times, and a number for a counter."""

from config.words import Speaker
from kiosk.flow import events as e
from kiosk.flow.scenes import Filter
from kiosk.viewmodels.picture import Item, Picture, listed
from kiosk.viewmodels.views import BusesView, BusRow, Door, Frame, HomeView, TilesView

_GONE = ("departed", "cancelled")


def home(picture: Picture, speaker: Speaker, frame: Frame) -> HomeView:
    """Where everybody begins."""
    text = speaker.catalogue.text
    doors = [door for door in (_bus_door(picture, speaker), _number_door(picture, speaker)) if door]
    jobs = _jobs_door(picture, speaker)
    greeting = text("kiosk.greeting")
    speech = speaker.say([greeting, jobs.title, *(door.title for door in doors), frame.promise])
    return HomeView(frame, greeting, jobs, tuple(doors), speech)


def _jobs_door(picture: Picture, speaker: Speaker) -> Door:
    text = speaker.catalogue.text
    posts = listed(picture, Filter())
    daily = sum(1 for _, job in posts if job["settlement"] == "daily")
    detail = text("kiosk.jobs_now", count=len(posts), daily=daily) if posts else text("kiosk.no_jobs_now")
    return Door(text("kiosk.jobs"), detail, "ui/jobs", "jobs", e.OpenJobs(Filter()))


def _bus_door(picture: Picture, speaker: Speaker) -> Door | None:
    text = speaker.catalogue.text
    trips = _trips(picture)
    if not trips:
        return None
    coming = [trip for trip in trips if _can_be_caught(trip, picture)]
    detail = text("kiosk.no_bus_left")
    if coming:
        first = coming[0]
        bay = text("ticket.bay", bay=str(first["bay"]))
        detail = text("kiosk.next_bus", at=first["at"], sign=text("sign." + first["sign"]), bay=bay)
    return Door(text("kiosk.buses"), detail, "ui/bus", "bus", e.OpenBuses())


def _number_door(picture: Picture, speaker: Speaker) -> Door | None:
    text = speaker.catalogue.text
    lines = [line for _, line in picture.of_kind("queue") if line["is_open"]]
    if not picture.hall.get("services"):
        return None
    waiting = sum(line["waiting"] for line in lines)
    detail = _line(waiting, speaker) if lines else text("kiosk.nothing_open")
    return Door(text("kiosk.numbers"), detail, "ui/number", "number", e.OpenServices())


def _line(waiting: int, speaker: Speaker) -> str:
    text = speaker.catalogue.text
    return text("kiosk.waiting", count=waiting) if waiting else text("kiosk.nobody_waiting")


def _trips(picture: Picture) -> list[Item]:
    return sorted((trip for _, trip in picture.of_kind("trip")), key=lambda trip: (trip["departs_at"], trip["sign"]))


def _can_be_caught(trip: Item, picture: Picture) -> bool:
    return trip["state"] not in _GONE and (not picture.hall_now or trip["departs_at"] > picture.hall_now)


def buses(picture: Picture, speaker: Speaker, frame: Frame) -> BusesView:
    """Every bus of the day with its picture."""
    text = speaker.catalogue.text
    rows = tuple(_bus_row(trip, picture, speaker) for trip in _trips(picture))
    spoken = [[row.sign_name, row.at, row.destination, row.bay, row.left] for row in rows[:3]]
    return BusesView(
        frame,
        text("kiosk.buses"),
        rows,
        "" if rows else text("kiosk.no_bus"),
        speaker.say([text("kiosk.buses"), *spoken]),
    )


def _bus_row(trip: Item, picture: Picture, speaker: Speaker) -> BusRow:
    text = speaker.catalogue.text
    is_open = _can_be_caught(trip, picture)
    return BusRow(
        sign="signs/" + trip["sign"],
        sign_name=text("sign." + trip["sign"]),
        at=trip["at"],
        destination=text("kiosk.bus_to", place=trip["dest"]),
        bay=text("ticket.bay", bay=str(trip["bay"])),
        left=_bus_state(trip, is_open, speaker),
        is_open=is_open and trip["left"] > 0,
        back=text("kiosk.bus_back", at=trip["return"]) if trip["return"] else "",
    )


def _bus_state(trip: Item, is_open: bool, speaker: Speaker) -> str:
    text = speaker.catalogue.text
    if not is_open:
        return text("kiosk.bus_cancelled" if trip["state"] == "cancelled" else "kiosk.bus_departed")
    seats = text("kiosk.seats_left", count=trip["left"]) if trip["left"] > 0 else text("kiosk.bus_full")
    return speaker.say([text("kiosk.boarding"), seats]) if trip["state"] == "boarding" else seats


def services(picture: Picture, speaker: Speaker, frame: Frame) -> TilesView:
    """One touch on a picture takes a number."""
    text = speaker.catalogue.text
    lines = dict(picture.of_kind("queue"))
    tiles = [_service_tile(service, lines.get(service["id"]), speaker) for service in picture.hall.get("services", ())]
    speech = speaker.say([text("kiosk.which_service"), *(tile.title for tile in tiles if tile.event)])
    return TilesView(frame, text("kiosk.which_service"), tuple(tiles), "", speech)


def _service_tile(service: Item, line: Item | None, speaker: Speaker) -> Door:
    text = speaker.catalogue.text
    is_open = line is not None and line["is_open"]
    detail = _line(line["waiting"], speaker) if line is not None and is_open else text("kiosk.closed_now")
    event = e.TakeNumber(service["id"]) if is_open else None
    return Door(speaker.say(service["name"]), detail, "services/" + service["pictogram"], "number", event)
