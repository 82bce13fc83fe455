"""The private Redis: real server, in memory only, nothing left behind."""

import pytest
import redis

from tests.support.redis import RedisServer


def test_what_one_client_publishes_another_hears(redis_url: str) -> None:
    with (
        redis.Redis.from_url(redis_url) as speaker,
        redis.Redis.from_url(redis_url) as listener,
        listener.pubsub() as heard,
    ):
        heard.subscribe("nudge")
        assert heard.get_message(timeout=5)["type"] == "subscribe"
        speaker.publish("nudge", b"wall")
        assert heard.get_message(timeout=5)["data"] == b"wall"


def test_a_flushed_server_has_forgotten_everything(redis_server: RedisServer) -> None:
    with redis.Redis.from_url(redis_server.url()) as client:
        client.set("number", 12)
        redis_server.flush()
        assert client.get("number") is None


def test_it_keeps_nothing_on_disk(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.config_get("save") == {"save": ""}
        assert client.config_get("appendonly") == {"appendonly": "no"}


def test_nobody_answers_after_it_was_stopped() -> None:
    server = RedisServer().start()
    server.stop()
    server.stop()
    with redis.Redis.from_url(server.url()) as client, pytest.raises(redis.ConnectionError):
        client.ping()
