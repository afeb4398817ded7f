"""What the benchmarks count with, on figures that are known; no time is held to a limit."""

from __future__ import annotations

import time
import urllib.request
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.__main__ import ROWS
from benchmarks.link import Link
from benchmarks.samples import Row, Samples, Spread, alternating
from builder.serve import Server

ROW = Row("boot", "cold", ("cold", "naive"), 0.5, 0.25)


def taken(ours: list[float], naive: list[float]) -> Samples:
    """Return samples of one measure at two sites."""
    samples = Samples()
    for site, figures in (("ours", ours), ("naive", naive)):
        for figure in figures:
            samples.add("cold", site, figure)
    return samples


def test_each_round_is_compared_with_itself() -> None:
    samples = taken([1.0, 30.0, 2.0], [10.0, 100.0, 10.0])
    assert samples.ratio("cold", "ours", ("cold", "naive")) == Spread(0.2, 0.1, 0.3)


def test_every_second_round_begins_with_the_other_site() -> None:
    assert list(alternating(2, ("a", "b"))) == [(0, "a"), (0, "b"), (1, "b"), (1, "a")]


@pytest.mark.parametrize(
    ("ours", "word"), [(2.0, "aim met"), (4.0, "met"), (6.0, "NOT MET")], ids=str
)
def test_the_table_says_how_a_ratio_stands(ours: float, word: str) -> None:
    line = report.table([ROW], taken([ours], [10.0])).splitlines()[-1]
    assert f"**{ours / 10:.2f}**" in line
    assert line.endswith(f"| {word} |")


def test_a_bar_is_drawn_for_every_row() -> None:
    chart = report.chart([ROW, ROW], taken([3.0], [10.0]))
    assert chart.count('fill="#2f6fde"') == 2


def test_rows_are_told_apart_and_have_a_reference() -> None:
    assert len({(row.what, row.site) for row in ROWS}) == len(ROWS)
    assert all(row.reference != (row.what, row.site) for row in ROWS)


def test_a_link_passes_on_what_is_sent_and_counts_it(tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_bytes(b"x" * 100_000)
    with Server(tmp_path) as server, Link(server.port, mbit=1_000, round_trip=0.001) as link:
        with urllib.request.urlopen(f"{link.url}data.bin") as answer:
            assert answer.read() == b"x" * 100_000
        assert 100_000 < link.sent_by(time.time()) < 101_000
        assert link.sent_by(time.time() - 60) == 0
