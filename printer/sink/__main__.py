"""Starts a sink as a process: `python -m printer.sink --port 0 --out DIR`; prints its ports as one line of JSON."""

import json
import signal
import tempfile
import threading
from pathlib import Path

import click

from printer.sink.machine import Build, Speech
from printer.sink.serve import Controls, Sink


@click.command()
@click.option("--port", default=0, help="TCP port on loopback; 0: any free one.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder for the pictures of the slips.")
@click.option("--width", default=576, help="Paper width in dots.")
@click.option("--knife/--no-knife", default=True, help="Whether this printer cuts.")
@click.option("--speech", type=click.Choice([one.value for one in Speech]), default="full", help="What it answers.")
@click.option("--bytes-per-s", default=0, help="How fast it prints; 0: at once. 14400 is 200 dots a second at 576.")
def main(port: int, out: Path | None, width: int, knife: bool, speech: str, bytes_per_s: int) -> None:
    """Play a receipt printer until a signal ends it."""
    folder = out or Path(tempfile.mkdtemp(prefix="gighall-paper-"))
    sink = Sink(Build(width, knife, Speech(speech)), folder, bytes_per_s)
    controls = Controls(sink, folder)
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    sink.start(port)
    controls.start()
    click.echo(json.dumps({"port": sink.port, "controls": controls.port, "out": str(folder)}))
    ending.wait()
    controls.stop()
    sink.stop()


if __name__ == "__main__":
    main()
