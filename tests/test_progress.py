"""What a person sees while a download runs."""

import io
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from builder.progress import Progress, amount, folder_size, run_watched, tail


class Terminal(io.StringIO):
    """A screen that keeps what is written to it."""

    def isatty(self) -> bool:
        """Return that it is a terminal."""
        return True


def ticks() -> Iterator[float]:
    """Yield the seconds of a clock that is looked at once a second."""
    return (float(second) for second in count())


def test_a_terminal_shows_one_line_that_is_rewritten_and_then_wiped() -> None:
    screen, said, clock = Terminal(), list[str](), ticks()
    with Progress("npm", said.append, screen, lambda: next(clock)) as progress:
        progress.show(1_500_000)
        progress.show(2_500_000)
    assert screen.getvalue() == (
        "\r\x1b[Knpm: 1.5 MB so far, 1 s\r\x1b[Knpm: 2.5 MB so far, 2 s\r\x1b[K"
    )
    assert said == []


def test_a_log_gets_a_line_every_five_seconds() -> None:
    screen, said, clock = io.StringIO(), list[str](), ticks()
    with Progress("npm", said.append, screen, lambda: next(clock)) as progress:
        for second in range(1, 13):
            progress.show(second * 1_000_000)
    assert said == ["npm: 5.0 MB so far, 5 s", "npm: 10.0 MB so far, 10 s"]
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("size", "said"), [(0, "0 kB"), (20_400, "20 kB"), (3_110_297, "3.1 MB")])
def test_sizes_are_said_as_people_say_them(size: int, said: str) -> None:
    assert amount(size) == said


def test_a_folder_is_as_large_as_its_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    before = folder_size(tmp_path)
    (tmp_path / "deep" / "file").write_bytes(b"x" * 1000)
    assert folder_size(tmp_path) - before == 1000
    assert folder_size(tmp_path / "nowhere") == 0


def test_a_long_complaint_is_cut_to_its_end() -> None:
    assert tail("\n".join(map(str, range(100)))).splitlines() == [str(n) for n in range(85, 100)]


def test_a_command_that_works_has_nothing_to_complain_of(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('words')"]
    assert run_watched(command, tmp_path, tmp_path, "it", lambda _: None) is None


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('the reason')"]
    assert run_watched(command, tmp_path, tmp_path, "it", lambda _: None) == "the reason"
    silent = [sys.executable, "-c", "raise SystemExit(3)"]
    assert run_watched(silent, tmp_path, tmp_path, "it", lambda _: None) == "exit status 3"
