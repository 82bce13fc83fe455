"""The list of posts with its filters, and the pictures of the trades. The order on the glass is held, never moved."""

from collections import Counter
from dataclasses import replace

from config.texts import TextFault
from config.words import Speaker
from kiosk.flow import events as e
from kiosk.flow.scenes import Filter, Jobs, Trades
from kiosk.viewmodels.picture import Item, Picture, card_way_line, fits, listed, way_sign
from kiosk.viewmodels.views import Action, Chip, Door, Frame, JobRow, JobsView, TilesView


def jobs(scene: Jobs, picture: Picture, speaker: Speaker, frame: Frame) -> JobsView:
    """The held posts as they are now; what came since is counted in a banner."""
    text = speaker.catalogue.text
    now = listed(picture, scene.filter)
    held = scene.held if scene.held is not None else tuple(job_id for job_id, _ in now)
    rows = tuple(row for job_id in held if (row := job_row(job_id, picture, speaker)))
    title = text("kiosk.jobs_found", count=len(now))
    spoken = [[row.title, row.amount, row.unit, row.settle] for row in rows[:3]]
    return JobsView(
        frame,
        title,
        _chips(scene.filter, picture, speaker),
        _news(scene, held, now, speaker),
        rows,
        "" if rows else _empty(scene.filter, speaker),
        None if rows else _all_jobs(scene.filter, speaker),
        speaker.say([title, *spoken] if rows else [_empty(scene.filter, speaker)]),
    )


def _empty(wanted: Filter, speaker: Speaker) -> str:
    return speaker.catalogue.text("kiosk.no_jobs_now" if wanted == Filter() else "kiosk.no_jobs_like_this")


def _all_jobs(wanted: Filter, speaker: Speaker) -> Action | None:
    if wanted == Filter():
        return None
    return Action(speaker.catalogue.text("kiosk.all_jobs"), "", e.OpenJobs(Filter()))


def _news(scene: Jobs, held: tuple[str, ...], now: list[tuple[str, Item]], speaker: Speaker) -> Action | None:
    new = len({job_id for job_id, _ in now} - set(held))
    if not new:
        return None
    text = speaker.catalogue.text
    return Action(text("kiosk.new_jobs", count=new), "", e.OpenJobs(scene.filter))


def _chips(wanted: Filter, picture: Picture, speaker: Speaker) -> tuple[Chip, ...]:
    text = speaker.catalogue.text
    trade = _trade(wanted.trade, picture)
    name = speaker.say(trade["name"]) if trade else text("kiosk.filter.trade")
    flips = (
        (
            "kiosk.filter.daily",
            "ui/money",
            wanted.is_paid_daily,
            replace(wanted, is_paid_daily=not wanted.is_paid_daily),
        ),
        ("kiosk.filter.bus", "ui/bus", wanted.has_bus, replace(wanted, has_bus=not wanted.has_bus)),
        ("kiosk.filter.older", "ui/older", wanted.suits_older, replace(wanted, suits_older=not wanted.suits_older)),
    )
    picture_of_trade = "trades/" + trade["pictogram"] if trade else "ui/jobs"
    chosen = Chip(name, picture_of_trade, trade is not None, e.OpenTrades())
    return (chosen, *(Chip(text(key), sign, is_on, e.OpenJobs(after)) for key, sign, is_on, after in flips))


def _trade(trade_id: str | None, picture: Picture) -> Item | None:
    return next((trade for trade in picture.hall.get("trades", ()) if trade["id"] == trade_id), None)


def job_row(job_id: str, picture: Picture, speaker: Speaker) -> JobRow | None:
    """A card as it is now; None: the post is gone, or this machine lacks words that a newer hall uses for it."""
    job = picture.job(job_id)
    try:
        return None if job is None else _card(job_id, job, picture, speaker)
    except TextFault:
        return None


def _board(job: Item) -> list[Item]:
    """Food and lodging where there is any; that there is none stands on the post's page."""
    return [part for part in job["board"] if part.get("k") != "job.board_none"]


def _card(job_id: str, job: Item, picture: Picture, speaker: Speaker) -> JobRow:
    text = speaker.catalogue.text
    is_open = job["state"] == "live"
    return JobRow(
        job_id=job_id,
        title=speaker.say(job["title"]),
        detail=speaker.say([job["place"], *_board(job)]),
        when=speaker.say(job["when"]),
        pictogram="trades/" + job["pictogram"],
        amount=job["pay"]["amount"],
        unit=speaker.say(job["pay"]["unit"]),
        settle=speaker.say(job["settle"]),
        is_paid_daily=job["settlement"] == "daily",
        way=card_way_line(picture, job, speaker),
        sign=way_sign(job),
        left=text("kiosk.places_left", count=job["left"]) if is_open else text("kiosk.full"),
        event=e.OpenJob(job_id) if is_open else None,
    )


def trades(scene: Trades, picture: Picture, speaker: Speaker, frame: Frame) -> TilesView:
    """Every trade that has a post under the other filters, most posts first."""
    text = speaker.catalogue.text
    wanted = replace(scene.jobs.filter, trade=None)
    counts = Counter(job["trade"] for _, job in picture.of_kind("job") if fits(job, wanted))
    known = [trade for trade in picture.hall.get("trades", ()) if counts[trade["id"]]]
    known.sort(key=lambda trade: -counts[trade["id"]])
    every = Door(
        text("kiosk.every_trade"), text("kiosk.jobs_count", count=counts.total()), "ui/jobs", "jobs", e.OpenJobs(wanted)
    )
    tiles = [every, *(_trade_tile(trade, counts[trade["id"]], wanted, speaker) for trade in known)]
    speech = speaker.say([text("kiosk.which_trade"), *(tile.title for tile in tiles[1:7])])
    return TilesView(frame, text("kiosk.which_trade"), tuple(tiles), "", speech)


def _trade_tile(trade: Item, count: int, wanted: Filter, speaker: Speaker) -> Door:
    detail = speaker.catalogue.text("kiosk.jobs_count", count=count)
    event = e.OpenJobs(replace(wanted, trade=trade["id"]))
    return Door(speaker.say(trade["name"]), detail, "trades/" + trade["pictogram"], "trade", event)
