"""The page of a bundle: the template with the statement, its styles and scripts, and its policy."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import dataclass
from pathlib import Path

from .exercise import Exercise
from .prove import Proof
from .statement import Statement

# How the page looks, and then, with more say, where its parts stand.
_SHEETS = ("style.css", "layout.css", "help.css", "print.css")
# The colours that hold in the dark, or where they are asked for.
_DARK_SHEET = "dark.css"
_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")


@dataclass(frozen=True)
class Inlined:
    """What stands in the page itself: it is painted, and asks for Python, without another file."""

    style: str
    dark_style: str
    first_script: str
    script: str
    frame_script: str


def styles(statement: Statement, web: Path) -> tuple[str, str]:
    """Return the page's style sheet, and the one of its dark colours."""
    *sheets, dark_style = (
        (web / "src/page" / name).read_text("utf-8") for name in (*_SHEETS, _DARK_SHEET)
    )
    return "".join([*sheets, statement.css]), dark_style


def frame_csp(frame_js: str) -> str:
    """Return the policy of the candidate's frame."""
    return (
        f"default-src 'none'; script-src '{integrity(frame_js.encode())}' 'wasm-unsafe-eval'; "
        "worker-src blob: data:; connect-src 'none'"
    )


def _page_csp(frame_js: str, nonce: str) -> str:
    # The frame inherits this policy and adds its own, so its script's hash stands here too. To a
    # page without an origin WebKit finds nothing 'self': by nonce its script can at least say so.
    frame = integrity(frame_js.encode())
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}' '{frame}' 'wasm-unsafe-eval'; "
        f"style-src 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob: data:; base-uri 'none'; form-action 'none'"
    )


def page_html(
    exercise: Exercise,
    proof: Proof,
    statement: Statement,
    inlined: Inlined,
    web: Path,
) -> str:
    """Return the page."""
    made_of = f"{inlined.first_script}{inlined.script}{inlined.style}{inlined.dark_style}"
    nonce = hashlib.sha256(made_of.encode()).hexdigest()[:24]
    slots = {
        "csp": html.escape(_page_csp(inlined.frame_script, nonce)),
        "title": html.escape(exercise.title),
        "difficulty": html.escape(exercise.difficulty),
        "language": html.escape(exercise.language),
        "tags": "".join(f"<li>{html.escape(tag)}</li>" for tag in exercise.tags),
        "statement": statement.html,
        "hints": statement.hints,
        "without_tags": "" if exercise.tags else " hidden",
        "without_hints": "" if statement.hint_count else " hidden",
        "remarks": statement.remarks,
        "related": "".join(_link(*each) for each in exercise.related),
        "without_related": "" if exercise.related else " hidden",
        "without_explore": "" if exercise.explore is not None else " hidden",
        "without_share": "" if exercise.share else " hidden",
        "starter": html.escape(exercise.starter),
        "tests": "\n        ".join(_test_item(test) for test in proof.tests),
        "test_count": str(len(proof.tests)),
        "style": inlined.style,
        "dark_style": inlined.dark_style,
        "first_script": inlined.first_script,
        "script": inlined.script,
        "nonce": nonce,
    }
    template = (web / "src/page/index.html").read_text("utf-8")
    return _SLOT.sub(lambda slot: slots[slot[1]], template)


def _link(title: str, address: str) -> str:
    link = (
        f'<a href="{html.escape(address)}" target="_blank" rel="noopener">{html.escape(title)}</a>'
    )
    return f"<li>{link}</li>"


def _test_item(test: dict[str, str]) -> str:
    title = f'<h3 class="test-title">{html.escape(test["title"])}</h3>'
    return f'<li data-test="{html.escape(test["id"])}" data-outcome="pending">{title}</li>'


def integrity(data: bytes) -> str:
    """Return what a browser checks some bytes against."""
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"
