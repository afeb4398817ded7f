"""The tests that an author names: a list of them, and which of pytest's each one means."""

from __future__ import annotations

from collections.abc import Iterable

from grading.judge.called import as_called, unescaped


def listed(text: str) -> tuple[str, ...]:
    """Return the names in a list of them; commas and line ends in a case's brackets are its own."""
    names: list[str] = []
    is_whole = True
    for part in text.split(","):
        if is_whole:
            names.append(part)
        else:
            names[-1] += f",{part}"
        is_whole = _is_whole(names[-1].strip())
    return tuple(name for each in names if (name := _on_one_line(each)))


def _is_whole(name: str) -> bool:
    return "[" not in name or (name.endswith("]") and name.count("[") <= name.count("]"))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def named(name: str, tests: Iterable[str]) -> list[str]:
    """Return the ids that a name means: that of a test or of a case, or those of all its cases."""
    known = {test: (test, _on_one_line(test), _on_one_line(_read(test))) for test in tests}
    return [test for test, ways in known.items() if name in ways] or [
        test for test in known if test.partition("[")[0] == name
    ]


def _read(test: str) -> str:
    head, bracket, parameters = test.partition("[")
    return head + bracket + unescaped(parameters)


def shown(test: str) -> str:
    """Return a test's id as its author reads it."""
    head, bracket, parameters = test.partition("[")
    return head + bracket + as_called(parameters)
