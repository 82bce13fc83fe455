"""Picks the view of a scene and puts the frame around it: the one door into this room."""

from collections.abc import Callable
from typing import Any

from config.words import Speaker
from kiosk.flow import scenes as s
from kiosk.flow.scenes import Filter, Kiosk
from kiosk.viewmodels import asking, doors, knowing, listing, post, results, typing_in
from kiosk.viewmodels.frames import frame_of
from kiosk.viewmodels.picture import Picture, listed
from kiosk.viewmodels.views import Frame, View


def show(kiosk: Kiosk, picture: Picture, speaker: Speaker) -> View:
    """The screen of this moment. Raises TextFault where the catalogue lacks a word."""
    frame = frame_of(kiosk, picture, speaker)
    if not picture.is_loaded and not isinstance(kiosk.scene, s.Pairing):
        return results.not_loaded(frame, speaker)
    return _VIEWS[type(kiosk.scene)](kiosk, picture, speaker, frame)


def job_ids(picture: Picture, wanted: Filter) -> tuple[str, ...]:
    """The list as it stands now, in order; the answer to `ListJobs`."""
    return tuple(job_id for job_id, _ in listed(picture, wanted))


_VIEWS: dict[type, Callable[[Kiosk, Picture, Speaker, Frame], View]] = {
    s.Pairing: lambda kiosk, picture, speaker, frame: results.pairing(_scene(kiosk), speaker, frame),
    s.Home: lambda kiosk, picture, speaker, frame: doors.home(picture, speaker, frame),
    s.Buses: lambda kiosk, picture, speaker, frame: doors.buses(picture, speaker, frame),
    s.Services: lambda kiosk, picture, speaker, frame: doors.services(picture, speaker, frame),
    s.Jobs: lambda kiosk, picture, speaker, frame: listing.jobs(_scene(kiosk), picture, speaker, frame),
    s.Trades: lambda kiosk, picture, speaker, frame: listing.trades(_scene(kiosk), picture, speaker, frame),
    s.JobPage: lambda kiosk, picture, speaker, frame: post.job(_scene(kiosk), picture, speaker, frame),
    s.ChooseWay: lambda kiosk, picture, speaker, frame: asking.ways(_scene(kiosk), picture, speaker, frame),
    s.Identify: lambda kiosk, picture, speaker, frame: knowing.identify(_scene(kiosk), picture, speaker, frame),
    s.ConsentCard: lambda kiosk, picture, speaker, frame: knowing.consent(speaker, frame),
    s.HoldCard: lambda kiosk, picture, speaker, frame: knowing.hold(_scene(kiosk), picture, speaker, frame),
    s.ConfirmCard: lambda kiosk, picture, speaker, frame: knowing.confirm(_scene(kiosk), speaker, frame),
    s.TypeCode: lambda kiosk, picture, speaker, frame: typing_in.typing(_scene(kiosk), speaker, frame),
    s.CodeTold: lambda kiosk, picture, speaker, frame: knowing.told(_scene(kiosk), speaker, frame),
    s.Working: lambda kiosk, picture, speaker, frame: results.working(_scene(kiosk), picture, speaker, frame),
    s.Done: lambda kiosk, picture, speaker, frame: results.done(_scene(kiosk), picture, speaker, frame),
    s.Refused: lambda kiosk, picture, speaker, frame: results.refused(_scene(kiosk), speaker, frame),
    s.Unreached: lambda kiosk, picture, speaker, frame: results.unreached(speaker, frame),
    s.StillThere: lambda kiosk, picture, speaker, frame: results.still_there(kiosk, _scene(kiosk), speaker, frame),
}


def _scene(kiosk: Kiosk) -> Any:
    return kiosk.scene
