"""A cable that can be pulled: passes bytes between screens and the server, or holds them. Must not know what they say.

Pulled, it is silent as a real cable is: connections stay, nothing passes, new ones are taken and not answered. Plugged
in again, what was held goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future

CHUNK_BYTES = 64 * 1024
STARTS_IN_S = 5.0
LOOPBACK = "127.0.0.1"


class Relay:
    """One cable to a loopback port. `start()` once, `stop()` once; `cut` and `mend` from any thread."""

    def __init__(self, target_port: int) -> None:
        self.port = 0
        self._target_port = target_port
        self._loop = asyncio.new_event_loop()
        self._whole = asyncio.Event()
        self._talks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    @property
    def url(self) -> str:
        """Where screens find the server."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def is_cut(self) -> bool:
        """Whether nothing passes."""
        return not self._whole.is_set()

    def start(self) -> Relay:
        """Listens when this returns."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(STARTS_IN_S)
        return self

    def cut(self) -> None:
        """Pulls the cable; returns when it is out."""
        self._set(self._whole.clear)

    def mend(self) -> None:
        """Puts the cable back; returns when it is in."""
        self._set(self._whole.set)

    def stop(self) -> None:
        """Ends every connection and the thread; never started is fine."""
        if not self._thread.is_alive():
            self._loop.close()
            return
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(STARTS_IN_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._whole.set()
        self._loop.run_forever()

    def _set(self, change: Callable[[], None]) -> None:
        done: Future[None] = Future()

        def act() -> None:
            change()
            done.set_result(None)

        self._loop.call_soon_threadsafe(act)
        done.result(STARTS_IN_S)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._join, LOOPBACK, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        assert self._server is not None
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _join(self, screen: asyncio.StreamReader, to_screen: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        try:
            await self._whole.wait()
            await self._talk(screen, to_screen)
        except OSError:
            pass  # the server is not there: the screen sees its connection closed, as it would without us
        except asyncio.CancelledError:
            pass  # we are stopped
        finally:
            self._talks.discard(talk)
            to_screen.close()

    async def _talk(self, screen: asyncio.StreamReader, to_screen: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_connection(LOOPBACK, self._target_port)
        ways = [
            asyncio.ensure_future(self._pass(screen, to_server)),
            asyncio.ensure_future(self._pass(server, to_screen)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            to_server.close()

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(CHUNK_BYTES):
                await self._whole.wait()
                target.write(data)
                await target.drain()
