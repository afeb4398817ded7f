"""A report as text for people."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import Any

_MARKS = {
    "passed": "✓",
    "failed": "✗",
    "error": "!",
    "timeout": "…",
    "crashed": "!",
    "not-run": "-",
}


def report_table(report: dict[str, Any]) -> str:
    """Return a report as a table: a line per test, what each has to say, then the verdict."""
    lines: list[str] = []
    if report["error"]:
        lines += [textwrap.indent(report["error"]["traceback"].rstrip(), "    "), ""]
    if report["stdout"]:
        lines += ["printed while loading:", textwrap.indent(report["stdout"].rstrip(), "    "), ""]
    for test in report["tests"]:
        lines.append(
            f"{_MARKS[test['outcome']]} {test['outcome']:<8} {test['title']}  {test['ms']:.0f} ms"
        )
        lines += [textwrap.indent(text, "      ") for text in _texts(test)]
    fault = " (the exercise's fault)" if report["fault"] == "exercise" else ""
    # No line of a message's own begins where a verdict does.
    message = report["message"].replace("\n", "\n    ")
    lines += ["", f"{report['outcome']}{fault}: {message}"]
    return harmless("\n".join(lines))


def harmless(text: str) -> str:
    """Return a text in which a terminal finds nothing to obey: no controls, no half characters."""
    shown = (
        c if c == "\n" or c.isprintable() or _joins(text, at) else _escaped(c)
        for at, c in enumerate(text)
    )
    return "".join(shown)


def _joins(text: str, at: int) -> bool:
    """Whether a character joins letters or emoji: many scripts are written so."""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    is_between = len(around) == 2 and all(map(_is_letter_or_emoji, around))
    return text[at] in "\u200c\u200d" and is_between


def _is_letter_or_emoji(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("So", "Sk")


def _escaped(character: str) -> str:
    if character == "\t":
        return "    "
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def _texts(test: dict[str, Any]) -> list[str]:
    traceback = test["error"]["traceback"] if test["error"] else ""
    printed = f"printed:\n{test['stdout']}" if test["stdout"] else ""
    mistake = f"Likely mistake: {test['mistake']}" if test["mistake"] else ""
    texts = (test["message"], *_case_texts(test), mistake, traceback, printed)
    return [text.rstrip() for text in texts if text]


def _case_texts(test: dict[str, Any]) -> list[str]:
    """Return what the page shows of a test's case: its call and what came of it, in one line."""
    case = test["case"]
    if case is None:
        return [test["detail"]]
    expected = [] if case["expected"] is None else [f"expected {case['expected']}"]
    return [test["detail"], *expected, *(f"note: {note}" for note in case["notes"])]
