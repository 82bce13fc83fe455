"""What is asked before a place is taken: which way there; and the summary that is read back."""

from typing import Any

from config.words import Speaker
from kiosk.flow import events as e
from kiosk.flow.scenes import ChooseWay, JobPage, Way
from kiosk.viewmodels.picture import Item, Picture, bus_message, open_ways
from kiosk.viewmodels.results import gone
from kiosk.viewmodels.views import Door, Frame, MessageView, WaysView

_PICTURES = {"own": "ui/own-way", "employer_car": "ui/car"}


def ways(scene: ChooseWay, picture: Picture, speaker: Speaker, frame: Frame) -> WaysView | MessageView:
    """A way that has closed meanwhile stays in its place and says so."""
    job = picture.job(scene.page.job_id)
    if job is None:
        return gone(scene.page.jobs.filter, speaker, frame)
    title = speaker.catalogue.text("kiosk.which_way")
    still_open = open_ways(picture, job)
    shown = tuple(_way_door(way, job, picture, way in still_open, speaker) for way in scene.ways)
    speech = speaker.say([title, *(speaker.say([door.title, door.detail]) for door in shown)])
    return WaysView(frame, title, summary(scene.page, picture, speaker), shown, speech)


def _way_door(way: Way, job: Item, picture: Picture, is_open: bool, speaker: Speaker) -> Door:
    text = speaker.catalogue.text
    event = e.TakeWay(way) if is_open else None
    if way != "bus":
        return Door(text(f"kiosk.way.{way}"), text(f"kiosk.way_detail.{way}"), _PICTURES[way], "trade", event)
    bus = job["bus"]
    if bus is None:
        return Door(text("kiosk.way.bus"), text("kiosk.bus_gone"), "ui/bus", "bus", None)
    title = text("kiosk.way_bus", sign=text("sign." + bus["sign"]))
    return Door(title, speaker.say(bus_message(bus, picture.trip_of(job))), "signs/" + bus["sign"], "bus", event)


def summary(page: JobPage, picture: Picture, speaker: Speaker) -> str:
    """The post in one line: what, how much, when paid, when."""
    job = picture.job(page.job_id)
    if job is None:
        return ""
    pay = f"{job['pay']['amount']} {speaker.say(job['pay']['unit'])}"
    return speaker.say([job["title"], pay, job["settle"], job["when"]])


def way_words(way: Way, picture: Picture, page: JobPage, speaker: Speaker) -> Any:
    """How one gets there, as it is read back."""
    job = picture.job(page.job_id)
    if way == "bus" and job is not None and job["bus"]:
        sign = speaker.catalogue.text("sign." + job["bus"]["sign"])
        return [speaker.catalogue.text("kiosk.way_bus", sign=sign), job["bus"]["at"]]
    return speaker.catalogue.text(f"kiosk.way.{way}")
