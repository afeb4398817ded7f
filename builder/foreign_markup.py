"""What other renderers of Markdown would show, and this one would print as it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Foreign:
    """Markup that is refused: what it is, and what to do instead."""

    pattern: re.Pattern[str]
    what: str
    remedy: str


def foreign(pattern: str, what: str, remedy: str) -> Foreign:
    """Return markup that is refused, by a pattern whose `^` is the begin of a line."""
    return Foreign(re.compile(pattern, re.MULTILINE), what, remedy)


BACKTICKS = "A literal one goes between backticks."

FOREIGN = (
    foreign(r"^=== [\"']", "tabs are not supported", "Write their contents one after the other."),
    foreign(
        r"^#{2,6}[^\W\d_]\w*", "a heading has no blank", f"Write one behind its signs. {BACKTICKS}"
    ),
    foreign(r"^\[TOC\]", "there is no table of contents", "Leave it out."),
    foreign(
        r"\{:? ?[.#][A-Za-z][^}]*\}", "attributes are not supported", f"Leave it out. {BACKTICKS}"
    ),
    foreign(r"^(?:-{1,2}8<-{2,}|;-+8<)", "files are not included", "Copy the text in its place."),
    foreign(
        r"(?<![=\w])==[^=\s](?:[^=\n]*[^=\s])?==(?![=\w])",
        "`==…==` is not supported",
        f"Write `**…**`. {BACKTICKS}",
    ),
    foreign(
        r"\^\^[^^\s](?:[^^\n]*[^^\s])?\^\^",
        "`^^…^^` is not supported",
        f"Write `*…*`. {BACKTICKS}",
    ),
    foreign(
        r"\{(?:--|\+\+|>>)[^{}\n]+(?:--|\+\+|<<)\}",
        "marks of a revision are not supported",
        f"Write the text as it is to be. {BACKTICKS}",
    ),
    foreign(
        r"(?<![\w+])\+\+[a-z][a-z0-9-]*(?:\+[a-z0-9-]+)*\+\+(?!\w)",
        "keys are not drawn",
        "Write them between backticks.",
    ),
    foreign(
        r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])",
        "names of emoji are not replaced",
        f"Type the character itself. {BACKTICKS}",
    ),
    foreign(
        r"^\*\[[^\]\n]+\]:", "abbreviations are not supported", "Say what it means in the text."
    ),
    foreign(
        r"\\begin\{[A-Za-z]+\*?\}",
        "a formula stands in the text",
        f"Write `$$` before and after it. {BACKTICKS}",
    ),
    foreign(
        r"^/// ?[a-z]", "`///` is not supported", "Write `!!! note`, and indent what belongs to it."
    ),
    foreign(r"^:::", "`:::` is not supported", "Write `!!! note`, and indent what belongs to it."),
)

# What GitHub draws in place of the code.
DRAWN = ("geojson", "mermaid", "stl", "topojson")

_TAG = re.compile(r"<[/!]?([A-Za-z-]+)")
_INSTEAD = {
    "--": "Keep notes to yourself out of the statement: it is shown to learners.",
    "details": 'Write `??? note "Title"`, and below it the text, indented by four spaces.',
    "summary": 'Write `??? note "Title"`, and below it the text, indented by four spaces.',
    "br": "End the line with a backslash; in a table, begin another row.",
    "b": "Write `**…**`.",
    "strong": "Write `**…**`.",
    "i": "Write `*…*`.",
    "em": "Write `*…*`.",
    "code": "Write it between backticks.",
    "kbd": "Write it between backticks.",
    "sub": "Write a formula: `$x_i$`.",
    "sup": "Write a formula: `$x^2$`.",
    "a": "Write `[text](https://…)`.",
    "img": "Say it in words, in a table or as a formula.",
}


def instead_of_html(tag: str) -> str:
    """Return what to write in place of a piece of HTML."""
    name = _TAG.match(tag)
    known = _INSTEAD.get(name[1].lower() if name else "")
    return known or "Write Markdown. A literal `<` goes between backticks, or is written `&lt;`."


# A formula that a table has cut in two.
_WHOLE = re.compile(r"\$[^$|]+\$")
_CUT = re.compile(r"(?<![\w\\$])\$(?![\s\d])[^$|]*(?<!\\)\|[^$]*(?<!\s)\$(?!\w)")


def is_cut(row: str) -> bool:
    """Whether a bar within a formula ends the cell of a table."""
    return _CUT.search(_WHOLE.sub("", row)) is not None
