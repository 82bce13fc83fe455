"""Tells the pumps of all server processes that the log may have grown. May be lost: the pump also looks by itself."""

from collections.abc import Callable
from typing import Protocol

import gevent
import redis
import structlog
from gevent.event import Event

log = structlog.get_logger()
CHANNEL = "gighall:nudge"
COMES_BACK_AFTER_S = 2.0


class Nudger(Protocol):
    """`nudge()` after a commit."""

    def nudge(self) -> None:
        """Returns at once."""


class LocalNudger:
    """One server process: wakes its own pump."""

    def __init__(self, wake: Event) -> None:
        self._wake = wake

    def nudge(self) -> None:
        """Returns at once."""
        self._wake.set()


class RedisNudger:
    """Several server processes: wakes its own pump and publishes for the others."""

    def __init__(self, url: str, wake: Event) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._wake = wake
        self._is_lost = False

    def nudge(self) -> None:
        """Returns at once; Redis is told by a greenlet of its own."""
        self._wake.set()
        gevent.spawn(self._publish)

    def _publish(self) -> None:
        self._guarded(lambda: self._redis.publish(CHANNEL, b"1"))

    def listen(self) -> None:
        """Wakes the own pump for the others' nudges, for good; comes back by itself when Redis was gone."""
        while True:
            self._guarded(self._listen_once)
            gevent.sleep(COMES_BACK_AFTER_S)

    def _listen_once(self) -> None:
        with self._redis.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]
            heard.subscribe(CHANNEL)
            while True:
                if heard.get_message(timeout=1.0) is not None:
                    self._wake.set()

    def _guarded(self, call: Callable[[], object]) -> None:
        try:
            call()
            self._is_lost = False
        except redis.RedisError as error:
            if not self._is_lost:
                log.warning("redis lost: changes of other servers arrive by looking", error=type(error).__name__)
            self._is_lost = True
