"""Feeds by REST: snapshots for everybody, deltas for whoever polls, and the hall's clock."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from hallserver.api.credentials import actor_of
from hallserver.api.refused import answer
from hallserver.domain.refusals import Refusal, RefusalCode
from hallserver.services.door import Door
from hallserver.store import feeds as log
from hallserver.wire.feeds import FEEDS_OF_ROLE, Feed

DELTAS_MAX = 1_000


@dataclass(frozen=True)
class FeedParts:
    """What the composition root lends: cached snapshots, the epoch, the heartbeat's facts."""

    snapshot: Callable[[str], Any]
    epoch: str
    mark_of: Callable[[str, int], dict[str, Any]]


def feeds_blueprint(door: Door, parts: FeedParts) -> Blueprint:
    """/feeds/{feed}/snapshot, /feeds/{feed}/deltas and /clock."""
    blueprint = Blueprint("feeds", __name__, url_prefix="/api/v1")

    @blueprint.get("/feeds/<feed>/snapshot")
    def snapshot(feed: str) -> Response:
        held = parts.snapshot(_allowed(door, feed))
        if request.if_none_match.contains(held.etag.strip('"')):
            return Response(status=304)
        return _gzipped(held)

    @blueprint.get("/feeds/<feed>/deltas")
    def deltas(feed: str) -> Response:
        name = _allowed(door, feed)
        since = request.args.get("since", type=int)
        if since is None or since < 0 or since > 2**53:
            raise Refusal(RefusalCode.BAD_REQUEST, field="since")
        entries, (head, trimmed_to) = door.read(
            lambda work: (log.entries_after(work.conn, name, since, DELTAS_MAX), log.head(work.conn, name))
        )
        if request.args.get("epoch") != parts.epoch or since < trimmed_to or since > head:
            raise Refusal(RefusalCode.FEED_TRIMMED)
        listed = ",".join(f'{{"seq":{entry.seq},{entry.body[1:]}' for entry in entries)
        body = f'{{"epoch":"{parts.epoch}","seq":{head},"entries":[{listed}]}}'
        return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})

    @blueprint.get("/clock")
    def clock() -> Response:
        return answer(parts.mark_of(Feed.WALL, 0))

    return blueprint


def _allowed(door: Door, feed: str) -> str:
    actor = actor_of(door, request)
    if feed not in set(Feed):
        raise Refusal(RefusalCode.NOT_FOUND, what="feed")
    if not any(feed in FEEDS_OF_ROLE.get(role, ()) for role in actor.roles):
        raise Refusal(RefusalCode.NOT_ALLOWED)
    return feed


def _gzipped(held: Any) -> Response:
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    body = held.gzipped if takes_gzip else gzip.decompress(held.gzipped)
    response = Response(body, mimetype="application/json", headers={"ETag": held.etag, "Cache-Control": "no-cache"})
    if takes_gzip:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
