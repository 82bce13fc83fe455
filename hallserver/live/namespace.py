"""The Socket.IO side of a feed: who may follow, `hello`, `rendered`, revoking. Every frame goes through the pump."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from flask import request
from flask_socketio import Namespace

from hallserver.live.ordered_socket import WRITER_KEY, OrderedSocket
from hallserver.live.presence import Presence, Subscriber
from hallserver.live.pump import Pump
from hallserver.store.work import Actor
from hallserver.wire.feeds import FEEDS_OF_ROLE, Feed
from hallserver.wire.frames import event_frame

log = structlog.get_logger()


@dataclass(frozen=True)
class LiveParts:
    """What the namespace needs of the composition root."""

    actor_of_token: Callable[[str], Actor | None]
    actor_of_request: Callable[[Any], Actor | None]
    snapshot_place: Callable[[str], dict[str, Any]]
    mark_of: Callable[[str, int], dict[str, Any]]


class FeedNamespace(Namespace):  # type: ignore[misc]
    """One connection may follow several feeds of its role; each has its own `hello`."""

    def __init__(self, pump: Pump, presence: Presence, parts: LiveParts) -> None:
        super().__init__("/")
        self._pump, self._presence, self._parts = pump, presence, parts
        self._actors: dict[str, tuple[Actor, OrderedSocket]] = {}

    def on_connect(self, auth: Any = None) -> bool:
        """Lets a paired device or a signed-in person in."""
        token = auth.get("token") if isinstance(auth, dict) else None
        actor = self._parts.actor_of_token(token) if isinstance(token, str) else self._parts.actor_of_request(request)
        writer = request.environ.get(WRITER_KEY)
        if actor is None or writer is None:
            return False
        self._actors[_sid()] = (actor, writer)
        return True

    def on_disconnect(self, reason: str = "") -> None:
        """The socket is gone."""
        held = self._actors.pop(_sid(), None)
        self._presence.leave(_sid())
        if held is not None:
            log.info("screen gone", device=held[0].device_id or "staff")

    def on_hello(self, asked: Any) -> None:
        """`{feed, epoch, since}`; nonsense and foreign feeds are answered by shutting the socket."""
        actor, writer = self._actors[_sid()]
        feed = _feed_of(asked, actor)
        if feed is None:
            writer.shut()
            return
        subscriber = Subscriber(_sid(), actor.device_id or actor.id, actor.label, feed, writer)
        self._pump.follow(subscriber, asked["epoch"], asked["since"], self._parts.snapshot_place)
        if not writer.is_shut:
            writer.send(event_frame("mark", self._parts.mark_of(feed, self._pump.head(feed))))

    def on_rendered(self, told: Any) -> None:
        """`{feed, seq}`: painted."""
        if isinstance(told, dict) and isinstance(told.get("seq"), int):
            one = self._presence.by_key.get((_sid(), str(told.get("feed"))))
            if one is not None and told["seq"] <= one.position:
                self._pump.rendered(one, told["seq"])

    def revoke(self, device_id: str) -> None:
        """Shuts every socket of a device out at once, and of whoever signed in on it; they hear why."""
        for _, writer in self._of(lambda actor: device_id in (actor.device_id, actor.tablet_id)):
            _say_revoked(writer)
            writer.shut()

    def sign_out(self, pass_id: str) -> None:
        """Shuts the sockets of a session that ended."""
        for _, writer in self._of(lambda actor: actor.pass_id == pass_id):
            writer.shut()

    def keep_only(self, passes: frozenset[str]) -> None:
        """Shuts out whoever was let in by what ran out since, or was ended at another server process."""
        for actor, writer in self._of(lambda actor: actor.pass_id not in passes):
            if actor.device_id is not None:
                _say_revoked(writer)
            writer.shut()

    def _of(self, is_meant: Callable[[Actor], bool]) -> list[tuple[Actor, OrderedSocket]]:
        return [held for held in self._actors.values() if is_meant(held[0])]


def _say_revoked(writer: OrderedSocket) -> None:
    writer.send(event_frame("reset", {"feed": None, "reason": "revoked"}))


def _sid() -> str:
    """The connection's name, which Flask-SocketIO hangs on Flask's request."""
    return str(request.sid)  # type: ignore[attr-defined]


def _feed_of(asked: Any, actor: Actor) -> str | None:
    if not isinstance(asked, dict) or not isinstance(asked.get("since"), int):
        return None
    if not isinstance(asked.get("epoch"), str | None) or asked.get("feed") not in set(Feed):
        return None
    allowed = frozenset[Feed]().union(*(FEEDS_OF_ROLE.get(role, frozenset()) for role in actor.roles))
    return str(asked["feed"]) if asked["feed"] in allowed else None
