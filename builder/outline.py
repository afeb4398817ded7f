"""How a statement's parts stand in the page: headings below its title, callouts, folded parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

_CALLOUTS = {
    "note": ("note", "info", "abstract", "summary", "example", "question", "quote"),
    "tip": ("tip", "hint", "success", "important"),
    "warning": ("warning", "caution", "attention", "danger", "error", "failure", "bug"),
}
_KIND_OF = {name: kind for kind, names in _CALLOUTS.items() for name in names}


def set_below_the_title(tokens: Sequence[Token]) -> None:
    """Set all headings one level lower where one has the level of the page's title."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


def anchor_headings(tokens: Sequence[Token]) -> dict[str, str]:
    """Give an id to each heading that a link leads to.

    Returns:
        The id of each section, by the name that GitHub and MkDocs would give it.
    """
    inline = [child for token in tokens for child in token.children or ()]
    wanted = any(str(token.attrs.get("href", "")).startswith("#") for token in inline)
    sections: dict[str, str] = {}
    for heading, text in pairwise(tokens):
        if heading.type == "heading_open":
            name = _name(text, sections)
            # The page has ids of its own.
            sections[name] = f"section-{name}"
            if wanted:
                heading.attrs["id"] = sections[name]
    return sections


def _name(heading: Token, taken: dict[str, str]) -> str:
    shown = "".join(child.content for child in heading.children or ())
    name = re.sub(r"[^\w\- ]", "", shown.strip().lower()).replace(" ", "-")
    number, free = 0, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def adapt_callouts(tokens: Sequence[Token]) -> None:
    """Let GitHub's alerts and MkDocs's admonitions look alike, and fold what is folded there."""
    folded: list[bool] = []
    for token in tokens:
        if not token.type.startswith(("admonition_", "alert_")):
            continue
        is_title = "_title_" in token.type
        if token.nesting == 1 and not is_title:
            folded.append(token.markup.startswith("???"))
            name = str(token.meta.get("tag") or token.meta.get("kind")).lower()
            token.attrs = {"class": f"callout {_KIND_OF.get(name, 'note')}"}
            if token.markup == "???+":
                token.attrs["open"] = ""
        elif token.nesting == 1:
            token.attrs = {} if folded[-1] else {"class": "callout-title"}
        if folded[-1]:
            token.tag = "summary" if is_title else "details"
        if token.nesting == -1 and not is_title:
            folded.pop()
