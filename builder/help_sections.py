"""The sections of a statement that stand apart from it: hints, and remarks for who has passed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from markdown_it.token import Token

from .errors import BuildError
from .exercise import Exercise

_HINT = re.compile(r"hint(?:\s+\d+)?(?:\s*:\s*(?P<title>.*))?", re.IGNORECASE)
_REMARKS = re.compile(r"remarks?", re.IGNORECASE)
_FOR = re.compile(r"for:\s*(?P<names>.+)", re.IGNORECASE)
# What is meant to be one of these, and would be shown to all.
_NEARLY_HINT = re.compile(r"\W*hint\b.*|\W*hints\W*\d*\W*", re.IGNORECASE)
_NEARLY_REMARKS = re.compile(r"\W*remarks?\s*(\W\s.*|\W*)", re.IGNORECASE)
_NEARLY_FOR = re.compile(r"\W*for\W*:.*", re.IGNORECASE | re.DOTALL)
_TEST = re.compile(r"(?m)^\s*(?:async\s+)?def\s+(test\w*)")
# As headings are written: where one has the level of the page's title, the tags say another one.
_SECTIONS = ("#", "##", "=", "-")
# An empty hint has nothing but its heading and whom it is for.
_HEADING = 3
_HINT_LEVEL = 3


@dataclass
class Hint:
    """One hint.

    Attributes:
        title: what its heading says after “Hint:”, or nothing, as inline tokens have it.
        tokens: its text.
        tests: the names of the tests that it helps with.
        mistakes: the sentences of the planted mistakes that it helps with.
    """

    title: Token | None
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
        BuildError: if it, a hint or the remarks are empty, or a hint is for what there is not, or
            is none by a slip.
    """
    parts = Parts()
    into = parts.statement
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            is_section = token.markup in _SECTIONS and token.level == 0
            above, into = into, _begun(parts, into, tokens[place + 1], is_section, exercise)
            if above is not into and into is parts.statement:
                _refuse_underlined(token, exercise)
        elif token.type == "footnote_block_open":
            into = parts.statement
        into.append(token)
    tests = _test_names(exercise) if parts.hints else set()
    for hint in parts.hints:
        _refuse_footnotes(hint.tokens, exercise)
        _finish(hint, exercise, tests)
    _refuse_footnotes(parts.remarks, exercise)
    _refuse_empty(parts, exercise)
    parts.remarks = parts.remarks[_HEADING:]
    _refuse_dead_links(parts, exercise)
    return parts


def _refuse_empty(parts: Parts, exercise: Exercise) -> None:
    """Refuse remarks, and a statement, of which nothing is there to be read."""
    if 0 < len(parts.remarks) <= _HEADING:
        remedy = "Write below their heading what there is to say, or leave it out."
        line = _line(parts.remarks[0], exercise)
        raise BuildError("the remarks say nothing", remedy, exercise.problem_path, line)
    if not parts.statement:
        remedy = "Write below the front matter what learners are to do."
        line = exercise.statement_line
        raise BuildError("the statement says nothing", remedy, exercise.problem_path, line)


def _begun(
    parts: Parts, into: list[Token], heading: Token, is_section: bool, exercise: Exercise
) -> list[Token]:
    """Return where what begins with a heading goes."""
    text = "".join(child.content for child in heading.children or ()).strip()
    hint = _HINT.fullmatch(text)
    if is_section and hint:
        parts.hints.append(Hint(_behind(heading, hint.start("title")) if hint["title"] else None))
        return parts.hints[-1].tokens
    if is_section and _REMARKS.fullmatch(text):
        if parts.remarks:
            remedy = "Write all of them below one heading."
            line = _line(heading, exercise)
            raise BuildError("there are remarks already", remedy, exercise.problem_path, line)
        return parts.remarks
    for nearly, how in (
        (_NEARLY_HINT, "`## Hint` or `## Hint: its title`"),
        (_NEARLY_REMARKS, "`## Remarks`"),
    ):
        if nearly.fullmatch(text):
            cause = f"the section {text!r} would be shown to all from the beginning"
            remedy = f"Write {how}, outside of lists and quotes, or begin it with another word."
            raise BuildError(cause, remedy, exercise.problem_path, _line(heading, exercise))
    return parts.statement if is_section else into


def _refuse_underlined(heading: Token, exercise: Exercise) -> None:
    """Refuse what is a heading by a line that was to be a rule: it would end the hint above it."""
    first, end = heading.map or (0, 0)
    text, underline = (exercise.statement.split("\n")[at].strip() for at in (first, end - 1))
    if underline == "---" and len(text) > len(underline):
        cause = f"{text!r} is a heading, since `---` stands right below it, and is shown to all"
        remedy = "Leave a line empty between them, or write `## …` for a heading."
        raise BuildError(cause, remedy, exercise.problem_path, _line(heading, exercise))


def _behind(heading: Token, start: int) -> Token:
    """Return what a heading says from a character on, with its formulas and code."""
    for child in heading.children or ():
        length = len(child.content)
        child.content = child.content[start:]
        start = max(start - length, 0)
    return heading


def _refuse_footnotes(tokens: Sequence[Token], exercise: Exercise) -> None:
    for token in tokens:
        if any(child.type == "footnote_ref" for child in token.children or ()):
            cause = "its footnote would stand below the statement, for all to read"
            remedy = "Write it where it belongs, in brackets."
            raise BuildError(cause, remedy, exercise.problem_path, _line(token, exercise))


def _refuse_dead_links(parts: Parts, exercise: Exercise) -> None:
    """Refuse links to sections that are not to be seen where the link is."""
    shown = _sections(parts.statement)
    for tokens in (parts.statement, *(hint.tokens for hint in parts.hints), parts.remarks):
        there = shown | _sections(tokens)
        for token in tokens:
            for child in token.children or ():
                address = str(child.attrs.get("href", ""))
                if address.startswith("#section-") and address[1:] not in there:
                    cause = "a link leads into a hint or the remarks, which are kept back"
                    remedy = "Name it without a link, or link to a section of the statement."
                    line = _line(token, exercise)
                    raise BuildError(cause, remedy, exercise.problem_path, line)


def _sections(tokens: Sequence[Token]) -> set[str]:
    return {str(token.attrs["id"]) for token in tokens if "id" in token.attrs}


def _line(token: Token, exercise: Exercise) -> int:
    return exercise.statement_line + (token.map or [0])[0]


def _finish(hint: Hint, exercise: Exercise, tests: set[str]) -> None:
    heading, tokens = hint.tokens[0], hint.tokens[_HEADING:]
    line = _line(heading, exercise)
    if tokens and tokens[0].type == "paragraph_open":
        content, line_of_names = tokens[1].content.strip(), _line(tokens[0], exercise)
        said = _FOR.fullmatch(content)
        if said:
            _tie(hint, said["names"], exercise, tests, line_of_names)
            tokens = tokens[_HEADING:]
        elif _NEARLY_FOR.fullmatch(content):
            cause = "whom a hint is for has to stand in one line of its own"
            remedy = "Write `For: test_large, no_max`, with an empty line below it."
            raise BuildError(cause, remedy, exercise.problem_path, line_of_names)
    if not tokens:
        remedy = "Write below its heading what helps, or leave it out."
        raise BuildError("a hint says nothing", remedy, exercise.problem_path, line)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):  # below the hint's own
            below = int(token.tag[1]) - int(heading.tag[1])
            token.tag = f"h{min(_HINT_LEVEL + below, 6)}"
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
    wanted = [name for each in names.split(",") if (name := each.strip(" `"))]
    for name in wanted:
        if name not in tests and name not in mistakes:
            meant = get_close_matches(name, [*tests, *mistakes], n=1, cutoff=0.5)
            known = f"Tests: {', '.join(sorted(tests))}. Or name a file in wrong_solutions."
            remedy = f"Did you mean `{meant[0]}`? {known}" if meant else known
            cause = f"there is no test and no wrong solution {name!r}"
            raise BuildError(cause, remedy, exercise.problem_path, line)
    hint.tests = tuple(name for name in wanted if name in tests)
    hint.mistakes = tuple(mistakes[name] for name in wanted if name in mistakes)


def hints_html(hints: Sequence[Hint], render: Callable[[list[Token]], str]) -> str:
    """Return the items of the hints' list, each hidden until it is asked for."""
    return "\n".join(_item(number, hint, render) for number, hint in enumerate(hints, 1))


def _item(number: int, hint: Hint, render: Callable[[list[Token]], str]) -> str:
    title = f"Hint {number}" + (f": {render([hint.title])}" if hint.title else "")
    tests = html.escape(" ".join(hint.tests))
    mistakes = html.escape("\n".join(hint.mistakes))
    head = f'<li class="hint" data-tests="{tests}" data-mistakes="{mistakes}" hidden>'
    return (
        f'{head}<h{_HINT_LEVEL} tabindex="-1">{title}</h{_HINT_LEVEL}>\n{render(hint.tokens)}</li>'
    )
