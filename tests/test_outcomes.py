"""The table that ends a run: readable, and silent about nothing."""

from __future__ import annotations

from .outcomes import Outcomes

LONG = "crash survived: " + "a very long name " * 8


def test_nothing_is_printed_where_no_row_was_run() -> None:
    assert Outcomes().lines() == []


def test_columns_line_up_however_long_a_name_is() -> None:
    table = Outcomes()
    table.note("short", "chromium", "timeout", 12.4)
    table.note(LONG, "firefox", "passed", 30.0)
    head, *rows = table.lines()[:3]
    assert [
        row.index(cell) for row, cell in zip(rows, ("timeout 12 ms", "passed"), strict=True)
    ] == [
        head.index("chromium"),
        head.index("firefox"),
    ]
    assert len(head) < 120


def test_a_missing_engine_is_named_in_each_row_and_below() -> None:
    table = Outcomes()
    table.note("a row", "chromium", "passed", 3.0)
    table.miss("webkit", "NOT RUN: WebKit (it takes much)")
    lines = table.lines()
    assert lines[1].split() == ["a", "row", "passed", "3", "ms", "-", "NOT", "RUN"]
    assert lines[-1] == "NOT RUN: WebKit (it takes much)"


def test_a_row_that_ran_twice_shows_both_verdicts_and_the_longer_gap() -> None:
    table = Outcomes()
    for outcome, gap in (("error", 20.0), ("crashed", 300.0), ("error", 10.0)):
        table.note("a row", "chromium", outcome, gap)
    assert "error/crashed 300 ms*" in table.lines()[1]
    assert "longest gap in chromium: 300 ms" in table.lines()


def test_tables_of_two_processes_become_one() -> None:
    table, other = Outcomes(), Outcomes()
    table.note("a row", "chromium", "passed", 3.0)
    other.note("a row", "firefox", "error", 40.0)
    other.miss("webkit", "NOT RUN: WebKit (it takes much)")
    table.merge(other.as_data())
    assert " ".join(table.lines()[1].split()) == "a row passed 3 ms error 40 ms NOT RUN"
    assert table.lines()[-1] == "NOT RUN: WebKit (it takes much)"
