"""Who is listening and how far their glass has come. In memory only: a restarted server learns it again in seconds."""

from dataclasses import dataclass, field

from prometheus_client import Gauge, Histogram

from hallserver.live.ordered_socket import OrderedSocket

COMMIT_TO_GLASS = Histogram(
    "gighall_commit_to_glass_seconds",
    "From a change's commit until a screen reported it as painted",
    ["feed"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
LISTENING = Gauge("gighall_screens_listening", "Sockets that follow a feed", ["feed"])


@dataclass
class Subscriber:
    """One socket that follows one feed; `position` is the newest sequence handed to its writer."""

    sid: str
    device_id: str
    label: str
    feed: str
    writer: OrderedSocket
    position: int = 0
    is_catching_up: bool = True
    rendered: int = 0


@dataclass
class Presence:
    """Subscribers by socket and feed, and by feed: a push goes through those of its feed alone."""

    by_key: dict[tuple[str, str], Subscriber] = field(default_factory=dict)
    _by_feed: dict[str, dict[str, Subscriber]] = field(default_factory=dict)

    def join(self, subscriber: Subscriber) -> None:
        """A socket begins, or begins again, to follow a feed."""
        key = (subscriber.sid, subscriber.feed)
        if key not in self.by_key:
            LISTENING.labels(subscriber.feed).inc()
        self.by_key[key] = subscriber
        self._by_feed.setdefault(subscriber.feed, {})[subscriber.sid] = subscriber

    def leave(self, sid: str) -> list[Subscriber]:
        """The socket is gone -> what it followed."""
        gone = [held.pop(sid) for held in self._by_feed.values() if sid in held]
        for subscriber in gone:
            del self.by_key[(sid, subscriber.feed)]
            LISTENING.labels(subscriber.feed).dec()
        return gone

    def of_feed(self, feed: str) -> list[Subscriber]:
        """Every socket that follows a feed, in a list of its own."""
        return list(self._by_feed.get(feed, {}).values())

    def of_device(self, device_id: str) -> list[Subscriber]:
        """Every socket of a device."""
        return [one for one in self.by_key.values() if one.device_id == device_id]
