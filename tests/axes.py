"""Pages held to axe-core: every rule of WCAG 2.2 A and AA, in each size and in the system's modes.

What a mode cannot change is asked once. Dark and more contrast leave all but colours as they are:
there the rules that read colours are run. Forced colours are the system's, and what Chromium tells
axe of them are the page's own; borders come with them, so the rules that measure are run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from browsers import ChromiumPage
from builder.node import ensure_node_modules

from .submissions import ROOT

SIZES = [(1440, 900), (375, 667), (320, 568)]
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
COLOURS = ("color-contrast", "link-in-text-block")
MEASURES = ("target-size", "scrollable-region-focusable")


@dataclass(frozen=True)
class Mode:
    """What a system or a reader wants, and what axe is asked about it: tags, or rules."""

    name: str
    asked: Sequence[str]
    media: Mapping[str, str]
    sizes: Sequence[tuple[int, int]] = tuple(SIZES)


_USUAL = {
    "color_scheme": "light",
    "forced_colors": "none",
    "contrast": "no-preference",
    "reduced_motion": "reduce",  # a colour on its way to another is neither
}
_MORE = ("color-contrast-enhanced", "link-in-text-block")
MODES = [
    Mode("light", TAGS, {}),
    Mode("dark", COLOURS, {"color_scheme": "dark"}),
    Mode("forced colours", MEASURES, {"forced_colors": "active"}),
]
# Where colours meet that meet nowhere else; tests/test_colours.py has all that may.
MORE_CONTRAST = [
    Mode("more contrast", _MORE, {"contrast": "more"}, SIZES[:1]),
    Mode("more contrast, dark", _MORE, {"contrast": "more", "color_scheme": "dark"}, SIZES[:1]),
]

# What axe leaves to a person: why, and what a person says to it. All else is found, and
# docs/accessibility.md has these words.
UNDECIDED = {
    "away": "each part is looked at when it is shown",
    "shortTextContent": "letters of formulas have the colour of their sentence",
    "nonBmp": "signs of formulas and keys have the colour of their sentence",
    "imgNode": "texts of charts have the two colours of the texts below them",
    "bgGradient": "a faint shade lies at the edge where what scrolls is cut off",
    "elmPartiallyObscured": "what an edge cuts has the colours of the rest",
    "elmPartiallyObscuring": "what an edge cuts has the colours of the rest",
    "bgOverlap": "what the verdict's row covers has the colours of the rest",
}

_RUN = """async (asked) => {
  // It is left out as long as nobody names it.
  const also = { "label-content-name-mismatch": { enabled: true } };
  const rules = asked[0].startsWith("wcag") ? also : {};
  // Nothing here has a length that axe would wait for.
  const run = { runOnly: asked, rules, preload: false, resultTypes: ["violations", "incomplete"] };
  const { violations, incomplete } = await axe.run(document, run);
  for (const node of [...violations, ...incomplete].flatMap((rule) => rule.nodes)) {
    node.isAway = document.querySelector(node.target[0])?.closest("[data-away]") != null;
  }
  return { violations, incomplete };
}"""


@cache
def _axe() -> str:
    """The script of axe-core."""
    web = ROOT / "web"
    ensure_node_modules(web, print, checks=True)
    return (web / "node_modules/axe-core/axe.min.js").read_text("utf-8")


def check(
    page: ChromiumPage,
    tabs: Sequence[str] = (),
    modes: Sequence[Mode] = tuple(MODES),
    sizes: Sequence[tuple[int, int]] = tuple(SIZES),
) -> set[str]:
    """Hold what is shown to axe, in each size and mode, with each of the parts that matter.

    Returns:
        Why axe could not decide, in the words of UNDECIDED's keys.
    """
    if page.tab.evaluate("typeof axe") == "undefined":
        page.tab.evaluate(_axe())
    found: list[str] = []
    undecided: set[str] = set()
    for size in sizes:
        page.resize(*size)
        for name in _shown_in_turn(page, tabs):
            for mode in (mode for mode in modes if size in mode.sizes):
                results = _ask(page, mode)
                where = f"{name}, {size[0]} px, {mode.name}: "
                found += [where + told for _, told in _reasons(results["violations"])]
                for why, told in _reasons(results["incomplete"]):
                    undecided.add(why)
                    if why not in UNDECIDED:
                        found.append(f"{where}undecided, {told}")
    page.tab.emulate_media(**_USUAL)  # type: ignore[arg-type]
    assert found == [], "\n".join(found)
    return undecided


def _ask(page: ChromiumPage, mode: Mode) -> Any:
    page.tab.emulate_media(**{**_USUAL, **mode.media})  # type: ignore[arg-type]
    return page.tab.evaluate(_RUN, list(mode.asked))


def _shown_in_turn(page: ChromiumPage, tabs: Sequence[str]) -> Iterator[str]:
    """Open each part that has a tab here; where none has, all stands there."""
    named = {name: page.tab.get_by_role("tab", name=name) for name in tabs}
    here = {name: tab for name, tab in named.items() if tab.is_visible()}
    if not here or page.count("dialog[open]"):
        yield "all"
        return
    for name, tab in here.items():
        tab.click()
        yield name


def _reasons(rules: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Say of each element why, and what, axe has against it, or cannot tell."""
    for rule in rules:
        is_contrast = rule["id"].startswith("color-contrast")
        for node in rule["nodes"]:
            for told in [*node["any"], *node["all"], *node["none"]]:
                key = told["data"].get("messageKey") if isinstance(told["data"], dict) else None
                why = str("away" if node["isAway"] else key)
                yield why if is_contrast else rule["id"], f"{rule['id']}, {why}: {node['target']}"
