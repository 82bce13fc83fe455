"""Puts spool, device and worker of one printer together for a kiosk or an agent; must not know what is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from printer.device import Device, Patience
from printer.encode import Profile
from printer.press import open_press
from printer.spool import Listener, PrintJob, Spool
from printer.transport import network_address
from printer.worker import Pace, Worker


@dataclass(frozen=True)
class PressRoom:
    """One printer with its spool; `submit` queues a slip's JSON, `start` and `stop` belong to a composition root."""

    spool: Spool
    device: Device
    worker: Worker
    lock_path: Path

    def start(self) -> None:
        """Begin to print; raises SpoolInUse where another process prints from this folder."""
        self.worker.start(self.lock_path)

    def stop(self) -> None:
        """End the worker, then close the spool."""
        self.worker.stop()
        self.spool.close()

    def submit(self, job_id: str, slip_json: str) -> PrintJob:
        """Queue a slip; raises SpoolFull."""
        return self.spool.submit(job_id, slip_json)

    def listen(self, listener: Listener) -> None:
        """Hear of every change of a job, in the worker's thread: put it into an inbox and return."""
        self.spool.listen(listener)


def open_pressroom(folder: Path, address: str, profile: Profile, now: Callable[[], datetime]) -> PressRoom:
    """Open the spool in `folder` for the printer at `HOST:PORT`; nothing runs yet. Raises FaceMissing."""
    folder.mkdir(parents=True, exist_ok=True)
    spool = Spool(folder / "spool.db", now)
    device = Device(network_address(address), profile, Patience())
    worker = Worker(spool, device, open_press().draw, Pace())
    return PressRoom(spool, device, worker, folder / "spool.lock")
