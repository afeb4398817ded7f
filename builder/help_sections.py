"""The sections of a statement that stand apart from it: hints, and remarks for who has passed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from .errors import BuildError
from .exercise import Exercise

_HINT = re.compile(r"hint(?:\s+\d+)?(?:\s*:\s*(?P<title>.+))?", re.IGNORECASE)
_REMARKS = re.compile(r"remarks?", re.IGNORECASE)
_FOR = re.compile(r"for:\s*(?P<names>.+)", re.IGNORECASE)
_TEST = re.compile(r"(?m)^\s*(?:async\s+)?def\s+(test\w*)")
# An empty hint has nothing but its heading and whom it is for.
_HEADING = 3


@dataclass
class Hint:
    """One hint.

    Attributes:
        title: what its heading says after “Hint:”, or nothing.
        tokens: its text.
        tests: the names of the tests that it helps with.
        mistakes: the sentences of the planted mistakes that it helps with.
    """

    title: str
    tokens: list[Token] = field(default_factory=list)
    tests: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


@dataclass
class Parts:
    """A statement's tokens, taken apart."""

    statement: list[Token] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    remarks: list[Token] = field(default_factory=list)


def take_apart(tokens: Sequence[Token], exercise: Exercise) -> Parts:
    """Take hints and remarks out of a statement: each is a section of the second level.

    Raises:
        BuildError: if a hint is empty, or for what there is not.
    """
    parts = Parts()
    into = parts.statement
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag <= "h2" and token.level == 0:
            into = _begun(parts, tokens[place + 1].content.strip())
        elif token.type == "footnote_block_open":
            into = parts.statement
        into.append(token)
    tests = _test_names(exercise) if parts.hints else set()
    for hint in parts.hints:
        _finish(hint, exercise, tests)
    parts.remarks = parts.remarks[_HEADING:]
    return parts


def _begun(parts: Parts, heading: str) -> list[Token]:
    """Return where the section with a heading goes."""
    hint = _HINT.fullmatch(heading)
    if hint:
        parts.hints.append(Hint(hint["title"] or ""))
        return parts.hints[-1].tokens
    return parts.remarks if _REMARKS.fullmatch(heading) else parts.statement


def _finish(hint: Hint, exercise: Exercise, tests: set[str]) -> None:
    heading, tokens = hint.tokens[0], hint.tokens[_HEADING:]
    line = exercise.statement_line + (heading.map or [0])[0]
    said = _FOR.fullmatch(tokens[1].content.strip()) if len(tokens) > 1 else None
    if said and tokens[0].type == "paragraph_open":
        line_of_names = exercise.statement_line + (tokens[0].map or [0])[0]
        _tie(hint, said["names"], exercise, tests, line_of_names)
        tokens = tokens[_HEADING:]
    if not tokens:
        remedy = "Write below its heading what helps, or leave it out."
        raise BuildError("a hint says nothing", remedy, exercise.problem_path, line)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):  # below the hint's own
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    hint.tokens = tokens


def _test_names(exercise: Exercise) -> set[str]:
    return {
        name
        for path, data in exercise.hidden_tests.files()
        if path.endswith(".py")
        for name in _TEST.findall(data.decode("utf-8", "replace"))
    }


def _tie(hint: Hint, names: str, exercise: Exercise, tests: set[str], line: int) -> None:
    """Tie a hint to the tests and the planted mistakes of some names."""
    mistakes = {wrong.path.stem: wrong.mistake for wrong in exercise.wrong_solutions}
    wanted = [name.strip(" `") for name in names.split(",")]
    for name in wanted:
        if name not in tests and name not in mistakes:
            remedy = f"Tests: {', '.join(sorted(tests))}. Or name a file in wrong_solutions."
            cause = f"there is no test and no wrong solution {name!r}"
            raise BuildError(cause, remedy, exercise.problem_path, line)
    hint.tests = tuple(name for name in wanted if name in tests)
    hint.mistakes = tuple(mistakes[name] for name in wanted if name in mistakes)


def hints_html(hints: Sequence[Hint], render: Callable[[list[Token]], str]) -> str:
    """Return the items of the hints' list, each hidden until it is asked for."""
    return "\n".join(_item(number, hint, render) for number, hint in enumerate(hints, 1))


def _item(number: int, hint: Hint, render: Callable[[list[Token]], str]) -> str:
    title = f"Hint {number}" + (f": {html.escape(hint.title)}" if hint.title else "")
    tests = html.escape(" ".join(hint.tests))
    mistakes = html.escape("\n".join(hint.mistakes))
    head = f'<li class="hint" data-tests="{tests}" data-mistakes="{mistakes}" hidden>'
    return f'{head}<h3 tabindex="-1">{title}</h3>\n{render(hint.tokens)}</li>'
