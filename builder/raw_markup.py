"""Markup that came to nothing: links that have no address, tables of too many or too few cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from .foreign_markup import BACKTICKS, Foreign, foreign
from .markdown import MATH

_LINK = "Link to a full address that begins https://, or name the thing without a link."
# What stands in a text for a link, and for code that is more than a name: none is looked into.
_LINKED, _CODE = "\0", "code"
_NAME = re.compile(r"[\w.]+")
_SCHEME = "(?:javascript|vbscript|file|data):"

RAW = (
    foreign(
        rf"(?:\]\(|^\[[^\]\n]+\]: *|<){_SCHEME}[^)>\s]+[)>]?",
        "a link can go to no such address",
        _LINK,
    ),
    foreign(
        r"\]\((?:\0|https?:|mailto:)[^)\n]*\)?",
        "the address of a link cannot be read",
        f"Write its blanks as `%20`, and close it with `)`. {BACKTICKS}",
    ),
    foreign(
        r"(?<=[\w.,;:!?)`])\[\^[\w-]+\](?![*+?{])|(?<!\S)\[\^\d+\](?![*+?{])",
        "there is no such footnote",
        f"Write its text, `[^…]: …`, on a line of its own. {BACKTICKS}",
    ),
    foreign(
        r"(?<![\w\])`])\[[^\[\],]*[^\W\d_]{2,}[^\[\],]*\]"
        r"\[(?:|[^\W\d_][^\[\],]+|(?<=[^\W\d_]{2}\]\[)\d+)\]",
        "there is no such address",
        f"Write `[text](https://…)`, or `[…]: https://…` on a line of its own. {BACKTICKS}",
    ),
    foreign(
        r"(?<![\w(\[,=])\[\[(?!(?i:nan|inf|true|false|none)\])[^\W\d_]{2,}[^\[\],\n]*\]\]",
        "`[[…]]` is not supported",
        f"Write `[text](https://…)`. {BACKTICKS}",
    ),
)

_COLUMNS = re.compile(r"(?=.*\|)\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")
_ROW = re.compile(r"\|.+\| *")
_PREFIX = re.compile(r"[\s>]*")
_WHOLE = re.compile(r"(?<![\\`])(`+)(?!`)(?:\\\||[^|])*?(?<!`)\1(?!`)")
_CUT = re.compile(r"(?<!\\)`[^`]*(?<!\\)\|[^`]*(?<!\\)`")


def raw_markup(inline: Token) -> tuple[Foreign, str] | None:
    """Return what of a paragraph would be shown as it is written, and the text that is."""
    text = "".join(_seen(inline.children or ()))
    for raw in RAW:
        found = raw.pattern.search(text)
        if found and not _is_escaped(found[0], inline.content):
            return raw, found[0].partition(_LINKED)[0]
    return None


def _is_escaped(text: str, source: str) -> bool:
    """Whether an author has said that it is no markup."""
    if text in source:
        return source.count(f"\\{text}") == source.count(text)
    return re.search(r"\\[\[\]]", source) is not None


def _seen(inline: Sequence[Token]) -> Iterator[str]:
    depth = 0
    for token in inline:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "link_open":
            yield _LINKED
        elif depth == 0 and token.type == "text":
            yield token.content
        elif depth == 0 and token.type == "code_inline":
            yield f"`{token.content}`" if _NAME.fullmatch(token.content) else _CODE
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"


def broken_table(inline: Token) -> str | None:
    """Return the line of a paragraph that was to be one of a table."""
    text = inline.content
    for formula in (child.content for child in inline.children or () if child.type in MATH):
        text = text.replace(formula, re.sub(r"\S", "x", formula))
    for head, line in pairwise(line.strip() for line in text.split("\n")):
        if "|" in head and _COLUMNS.fullmatch(line):
            return line
        if _ROW.fullmatch(head) and _ROW.fullmatch(line):
            return head
    return None


def is_code_cut(row: str) -> bool:
    """Whether a bar within code ends the cell of a table."""
    return _CUT.search(_WHOLE.sub("", row)) is not None


def lost_cells(row: str, columns: int) -> list[str]:
    """Return the cells of a table's row that no column is there for."""
    cells = [cell.strip() for cell in escapedSplit(_PREFIX.sub("", row, count=1).strip())]
    return [cell for cell in cells[columns if cells[0] else columns + 1 :] if cell]
