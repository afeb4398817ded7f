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


def _foreign(pattern: str, what: str, remedy: str) -> Foreign:
    return Foreign(re.compile(pattern, re.MULTILINE), what, remedy)


_BACKTICKS = "A literal one goes between backticks."

FOREIGN = (
    _foreign(r"^=== [\"']", "tabs are not supported", "Write their contents one after the other."),
    _foreign(
        r"^#{2,6}[^\W\d_]\w*", "a heading has no blank", f"Write one behind its signs. {_BACKTICKS}"
    ),
    _foreign(r"^\[TOC\]", "there is no table of contents", "Leave it out."),
    _foreign(
        r"\{:? ?[.#][A-Za-z][^}]*\}", "attributes are not supported", f"Leave it out. {_BACKTICKS}"
    ),
    _foreign(r"^(?:-{1,2}8<-{2,}|;-+8<)", "files are not included", "Copy the text in its place."),
    _foreign(
        r"(?<![=\w])==[^=\s](?:[^=\n]*[^=\s])?==(?![=\w])",
        "`==…==` is not supported",
        f"Write `**…**`. {_BACKTICKS}",
    ),
    _foreign(
        r"\^\^[^^\s](?:[^^\n]*[^^\s])?\^\^",
        "`^^…^^` is not supported",
        f"Write `*…*`. {_BACKTICKS}",
    ),
    _foreign(
        r"\{(?:--|\+\+|>>)[^{}\n]+(?:--|\+\+|<<)\}",
        "marks of a revision are not supported",
        f"Write the text as it is to be. {_BACKTICKS}",
    ),
    _foreign(
        r"(?<![\w+])\+\+[a-z][a-z0-9-]*(?:\+[a-z0-9-]+)*\+\+(?!\w)",
        "keys are not drawn",
        "Write them between backticks.",
    ),
    _foreign(
        r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])",
        "names of emoji are not replaced",
        f"Type the character itself. {_BACKTICKS}",
    ),
    _foreign(
        r"^\*\[[^\]\n]+\]:", "abbreviations are not supported", "Say what it means in the text."
    ),
    _foreign(
        r"\\begin\{[A-Za-z]+\*?\}",
        "a formula stands in the text",
        f"Write `$$` before and after it. {_BACKTICKS}",
    ),
    _foreign(
        r"^/// ?[a-z]", "`///` is not supported", "Write `!!! note`, and indent what belongs to it."
    ),
    _foreign(r"^:::", "`:::` is not supported", "Write `!!! note`, and indent what belongs to it."),
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
