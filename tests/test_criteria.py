"""What no tool decides of WCAG 2.2 AA: docs/accessibility.md has a row for each criterion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

from .menus import dialog, open_dialog
from .pages import ready_page
from .submissions import WRONG_CONVENTION

# 1.4.12: as much room as a reader may set. Formulas are no text that wraps.
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*:not(math *) { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
  return new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)));
}"""
# Texts of which an edge cuts a part that nothing scrolls to. What of the verdict is longer stands
# at its test.
_CUT = """() => {
  const left = `math, svg, .spoken-only, .to-code, [data-away], .print-only, .cm-editor,
    .verdict-text`;
  const hides = (value) => value === "hidden" || value === "clip";
  const cutBy = (text, box) => {
    const { overflowX, overflowY } = getComputedStyle(box);
    const edge = box.getBoundingClientRect();
    return (hides(overflowX) && (text.right > edge.right + 1 || text.left < edge.left - 1))
      || (hides(overflowY) && (text.bottom > edge.bottom + 1 || text.top < edge.top - 1));
  };
  const isCut = (box) => {
    const range = document.createRange();
    range.selectNodeContents(box);
    const text = range.getBoundingClientRect();
    for (let at = box; at && at !== document.body;) {
      const { overflowX, overflowY, position, clipPath } = getComputedStyle(at);
      if (/auto|scroll/.test(overflowX + overflowY) || clipPath !== "none") return false;
      if (cutBy(text, at)) return true;
      if (position === "fixed") return text.right > innerWidth + 1;
      at = position === "absolute" ? at.offsetParent : at.parentElement;
    }
    return false;
  };
  const isOfText = (box) => [...box.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "");
  return [...document.querySelectorAll("body *")]
    .filter((box) => isOfText(box) && !box.closest(left) && box.checkVisibility({
      visibilityProperty: true }))
    .filter((box) => isCut(box) || (box.closest("button, label")?.scrollWidth ?? 0)
      > (box.closest("button, label")?.clientWidth ?? 0) + 1)
    .map((box) => `${box.id || box.className || box.localName}: ${box.textContent.slice(0, 40)}`);
}"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    with ready_page(chromium, server) as opened:
        opened.grade(WRONG_CONVENTION)
        opened.wait_until("ready")
        yield opened


@pytest.mark.parametrize("size", [(1366, 768), (800, 600), (375, 667), (320, 568)], ids=str)
def test_with_as_much_room_in_texts_as_a_reader_may_set_none_is_cut(
    opened: ChromiumPage, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    cut = {}
    for tab in opened.tab.get_by_role("tab").all():
        if tab.is_visible():
            tab.click()
            opened.tab.evaluate(_SPACED)
            cut[tab.inner_text()] = opened.tab.evaluate(_CUT)
    for name in ("History", "Settings", "Keys", "Share"):
        open_dialog(opened, name)
        opened.tab.evaluate(_SPACED)
        cut[name] = opened.tab.evaluate(_CUT)
        opened.tab.keyboard.press("Escape")
        expect(dialog(opened, name)).to_be_hidden()
    assert opened.tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    opened.tab.evaluate("document.adoptedStyleSheets = []")
    assert {name: texts for name, texts in cut.items() if texts} == {}
