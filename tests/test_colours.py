"""The colours of the page are told apart: text from what it stands on, edges from both."""

from __future__ import annotations

import re

import pytest

from builder.statement import render_statement

from .statements import EXERCISE
from .submissions import ROOT
from .toolchains import shared_toolchain


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAGE = ROOT / "web/src/page"
_MORE = re.compile(r"@media \(prefers-contrast: more\) \{\n  :root \{(.*?)\n  \}\n\}", re.DOTALL)
_COLOUR = re.compile(r"(--[\w-]+): (#[0-9a-f]{6});")


def palette(scheme: str, wants_more: bool) -> dict[str, str]:
    """The colours as they add up: those of the dark sheet hold after those of the first one."""
    colours: dict[str, str] = {}
    for name in ["style.css"] + ["dark.css"] * (scheme == "dark"):
        sheet = (PAGE / name).read_text("utf-8")
        colours |= dict(_COLOUR.findall(_MORE.sub("", sheet)))
        if wants_more:
            colours |= dict(_COLOUR.findall("".join(_MORE.findall(sheet))))
    return colours


GROUNDS = ["--paper", "--panel", "--sunk"]
OUTCOMES = ["--passed", "--failed", "--warned"]
CODE = [f"--code-{kind}" for kind in ("keyword", "string", "number", "comment", "name")]
WORDS = ["--ink", "--ink-soft", "--accent", "--accent-deep", *OUTCOMES, *CODE]
TEXTS = [
    *((text, ground) for text in WORDS for ground in GROUNDS),
    *((text, f"{text}-soft") for text in OUTCOMES),
    # Lines of code that are marked, selected, being written.
    *((code, "--failed-soft") for code in [*CODE, "--ink"]),
    *((code, "--selection") for code in [*CODE, "--ink"]),
    # What a search has found.
    *((code, "--warned-soft") for code in [*CODE, "--ink"]),
    *((code, "--active-line") for code in [*CODE, "--ink", "--ink-soft"]),
    *(("--ink", f"{outcome}-soft") for outcome in OUTCOMES),
    ("--on-accent", "--accent"),
    ("--on-accent", "--accent-deep"),
]
EDGES = [*(("--edge", ground) for ground in GROUNDS), ("--accent", "--selection")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_are_read_and_edges_seen(scheme: str) -> None:
    colours = palette(scheme, wants_more=False)
    assert faint(colours, TEXTS, 4.5) + faint(colours, EDGES, 3) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_wants_more_contrast_gets_it(scheme: str) -> None:
    colours = palette(scheme, wants_more=True)
    rules = [("--rule", ground) for ground in GROUNDS]
    assert faint(colours, TEXTS, 7) + faint(colours, [*EDGES, *rules], 4.5) == []
    usual = palette(scheme, wants_more=False)
    unnamed = [name for name in usual if name not in colours or colours[name] == usual[name]]
    assert set(unnamed) <= {"--on-accent"}, "said for one of the two only"


def faint(colours: dict[str, str], pairs: list[tuple[str, str]], least: float) -> list[str]:
    """Name the pairs that are less apart than that."""
    apart = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    return [
        f"{one} on {other}: {ratio:.2f}" for (one, other), ratio in apart.items() if ratio < least
    ]


def test_code_of_the_statement_has_colours_of_this_table() -> None:
    css = render_statement(EXERCISE, shared_toolchain()).css
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= {name for name, _ in TEXTS}
