"""`gighall print-agent --status` and `--probe`, as the person beside the printer types them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner, Result

from config.texts import Catalogue
from hallserver.cli import main
from printer.sink.machine import Build, Speech
from printer.sink.serve import Order, Sink


def command(sink: Sink, folder: Path, *words: str, answer: str = "") -> Result:
    address = ["--printer", f"127.0.0.1:{sink.port}", "--data", str(folder)]
    return CliRunner().invoke(main, ["print-agent", *words, *address], input=answer)


def words(id: str, **facts: object) -> list[str]:
    return [Catalogue.load(language).text(id, **facts) for language in ("zh_Hans", "en")]


@contextmanager
def printer(folder: Path, speech: Speech) -> Iterator[Sink]:
    sink = Sink(Build(576, True, speech), folder / "papers")
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


def test_what_a_probe_found_is_noted_only_when_a_person_held_its_page(tmp_path: Path) -> None:
    marks = tmp_path / "screen" / "paper" / "printer.json"
    with printer(tmp_path, Speech.FULL) as sink:
        refused = command(sink, tmp_path, "--probe", answer="n\n")
        assert refused.exit_code == 1
        assert all(line in refused.output for line in words("printer.probe_not_kept"))
        assert not marks.exists()
        held = command(sink, tmp_path, "--probe", answer="y\n")
        assert held.exit_code == 0
        assert all(line in held.output for line in (*words("printer.proves"), *words("printer.probe_kept")))
        assert marks.exists()


def test_a_printer_that_never_answers_leads_to_the_probe(tmp_path: Path) -> None:
    with printer(tmp_path, Speech.MUTE) as sink:
        said = command(sink, tmp_path, "--status")
        assert said.exit_code == 1
        assert all(line in said.output for line in (*words("ticket.fault.no_answer"), *words("printer.probe_hint")))


def test_the_status_names_what_stops_the_printer_in_every_language_or_the_one_asked_for(tmp_path: Path) -> None:
    with printer(tmp_path, Speech.FULL) as sink:
        sink.obey(Order("paper_end"))
        said = command(sink, tmp_path, "--status")
        assert said.exit_code == 1
        assert all(line in said.output for line in words("ticket.fault.paper_end"))
        sink.obey(Order("ready"))
        ready = command(sink, tmp_path, "--status", "--language", "en")
        assert (ready.exit_code, ready.output.splitlines()[1]) == (0, words("printer.proves")[1])
