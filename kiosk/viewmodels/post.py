"""One post, told in the order in which a worker asks: work, pay, when paid, when, where, how, food, places left."""

from config.words import JOINT, Speaker
from kiosk.flow import events as e
from kiosk.flow.scenes import Filter, JobPage, Way
from kiosk.viewmodels.picture import Item, Picture, open_ways, way_line, way_sign
from kiosk.viewmodels.results import gone
from kiosk.viewmodels.views import Action, Fact, Frame, JobView, MessageView


def job(scene: JobPage, picture: Picture, speaker: Speaker, frame: Frame) -> JobView | MessageView:
    """The post as it is now; one that is gone says so."""
    item = picture.job(scene.job_id)
    if item is None:
        return gone(scene.jobs.filter, speaker, frame)
    ways = open_ways(picture, item)
    title, unit, settle = speaker.say(item["title"]), speaker.say(item["pay"]["unit"]), speaker.say(item["settle"])
    when, way = speaker.say(item["when"]), way_line(picture, item, speaker)
    notice = _notice(item, ways, speaker)
    return JobView(
        frame=frame,
        title=title,
        by=speaker.say([item["employer"], item["reviewed"]]),
        pictogram="trades/" + item["pictogram"],
        amount=item["pay"]["amount"],
        unit=unit,
        settle=settle,
        is_paid_daily=item["settlement"] == "daily",
        facts=_facts(item, picture, speaker),
        notice=notice,
        action=_action(item, ways, scene.jobs.filter, speaker),
        speech=speaker.say(
            [title, f"{item['pay']['amount']} {unit}", settle, when, item["place"], way, item["board"], notice]
        ),
    )


def _facts(item: Item, picture: Picture, speaker: Speaker) -> tuple[Fact, ...]:
    text, say = speaker.catalogue.text, speaker.say
    is_full = item["state"] != "live"
    left = text("kiosk.full") if is_full else text("kiosk.people", count=item["left"])
    told = (
        Fact(text("kiosk.fact.when"), say(item["when"]), is_wide=False),
        Fact(text("kiosk.fact.left"), left, "stop" if is_full else "text", is_wide=False),
        Fact(text("kiosk.fact.where"), _where(item)),
        Fact(text("kiosk.fact.way"), way_line(picture, item, speaker), "bus", way_sign(item)),
        Fact(text("kiosk.fact.return"), say(item["return"]), is_wide=False),
        Fact(text("kiosk.fact.board"), say(item["board"]), is_wide=False),
        Fact(text("kiosk.fact.work"), say(item["work"])),
        Fact(text("kiosk.fact.insurance"), say(item["insurance"]), is_wide=False),
        Fact(text("kiosk.fact.gear"), say(item["gear"]), is_wide=False),
        Fact(text("kiosk.fact.suits"), say([{"k": f"job.suits.{group}"} for group in item["suits"]])),
    )
    return tuple(fact for fact in told if fact.text)


def _where(item: Item) -> str:
    place, address = str(item["place"]), str(item["address"])
    return address if place in address else JOINT.join((place, address))


def _notice(item: Item, ways: tuple[Way, ...], speaker: Speaker) -> str:
    text = speaker.catalogue.text
    if item["state"] != "live":
        return text("kiosk.full_now")
    if item["giving"] != "at_once":
        return text(f"kiosk.giving.{item['giving']}")
    return "" if ways else text("kiosk.no_way_now")


def _action(item: Item, ways: tuple[Way, ...], wanted: Filter, speaker: Speaker) -> Action:
    text = speaker.catalogue.text
    if _notice(item, ways, speaker):
        return Action(text("kiosk.see_others"), "", e.OpenJobs(wanted))
    detail = text("kiosk.takes_seat" if ways == ("bus",) else "kiosk.takes_place")
    return Action(text("kiosk.want"), detail, e.WantJob(ways))
