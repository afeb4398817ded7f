"""How the console's Python tells of code that ends itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .consoles import as_before, run


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with as_before():
        yield


CODES = {
    "a number": ("import sys\nsys.exit(3)", "3"),
    "a truth": ("import sys\nsys.exit(True)", "1"),
    "a number below 0": ("raise SystemExit(-2)", "-2"),
    "a number that is none of C's": ("raise SystemExit(10 ** 9000)", "-1"),
    "a number of a class derived from it": ("class E(SystemExit): pass\nraise E(4)", "4"),
}


@pytest.mark.parametrize("name", CODES)
def test_a_program_that_ends_itself_is_told_by_its_exit_code(name: str) -> None:
    source, code = CODES[name]
    message = f"The program ended with exit code {code}."
    assert run(f"print(1)\n{source}") == ([{"out": "1\n"}], {"kind": "ended", "message": message})
