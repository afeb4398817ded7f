"""What no tool decides of WCAG 2.2 AA, in the rows of docs/accessibility.md that name this file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

from .menus import dialog, open_dialog
from .pages import ready_page
from .submissions import ROOT, WRONG_CONVENTION

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


# 4.1.3: what live regions say, each text once it is there, without what is for the eye alone.
_HEAR = """() => {
  const live = "[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])";
  const said = new Map();
  const spoken = (node) => node.nodeType === Node.TEXT_NODE ? node.textContent
    : node.ariaHidden === "true" ? "" : [...node.childNodes].map(spoken).join(" ");
  const say = (region) => {
    const text = region.checkVisibility() ? spoken(region).replace(/\\s+/g, " ").trim() : "";
    if (text !== "" && said.get(region) !== text) window.heard.push(text);
    said.set(region, text);
  };
  document.querySelectorAll(live).forEach((region) => said.set(region,
    spoken(region).replace(/\\s+/g, " ").trim()));
  window.heard = [];
  new MutationObserver((changes) => {
    const elements = changes.map(({ target }) => target instanceof Element ? target
      : target.parentElement);
    new Set(elements.map((one) => one?.closest(live))).forEach((region) => region && say(region));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
_PHASES = {"Waiting for a fresh Python…", "Loading your code…", "Running the tests…"}
_VERDICT = re.compile("1 of 5 tests passed. First failing test: .*")


def heard(page: ChromiumPage) -> list[str]:
    """What was said since this was asked last, but for what the editor says of the typing."""
    said: list[str] = page.tab.evaluate("window.heard.splice(0)")
    return [text for text in said if text != "Selection deleted"]


def test_what_is_announced_of_a_run_comes_in_order_and_the_verdict_last(
    opened: ChromiumPage,
) -> None:
    opened.resize(1366, 768)
    opened.reload()
    opened.wait_until("ready")
    opened.tab.evaluate(_HEAR)
    opened.tab.get_by_role("tab", name="Your function").click()
    expect(opened.tab.get_by_role("figure").first).to_be_visible()
    assert heard(opened) == ["This runs your code, and draws what it returns over the reference."]
    opened.grade(WRONG_CONVENTION)
    opened.wait_until("ready")
    said = heard(opened)
    first, verdict = [text for text in said if text not in _PHASES]
    assert first == "Running…" and _VERDICT.fullmatch(verdict)
    assert said[-1] == verdict, "the verdict is talked over"
    opened.write("def label_smoothing_loss(logits, target, alpha):\n    while True: pass\n")
    opened.click_run()
    opened.wait_until_testing()
    opened.click_on("#stop")
    opened.wait_for_verdict()
    opened.wait_until("ready")
    assert heard(opened)[-1] == "You stopped the run."
    opened.click("Reset")
    opened.click("Reset to starter")
    (notice,) = heard(opened)
    assert notice.startswith("You went back to the starter.")
    opened.click("Dismiss")


def test_the_page_is_used_by_keys_alone(opened: ChromiumPage) -> None:
    keyboard = opened.tab.keyboard
    opened.resize(1366, 768)
    opened.reload()
    opened.wait_until("ready")
    keyboard.press("Tab")
    expect(opened.tab.get_by_role("link", name="Go to the code")).to_be_focused()
    keyboard.press("Enter")
    go_on_to(opened, "Tab", "Code editor")
    keyboard.press("ControlOrMeta+a")
    keyboard.insert_text(WRONG_CONVENTION)
    keyboard.press("ControlOrMeta+Enter")
    assert opened.wait_for_verdict() == "failed"
    opened.wait_until("ready")
    expect(opened.editor).to_be_focused()
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(opened.editor).not_to_be_focused()
    keyboard.press("F6")
    expect(opened.tab.get_by_role("region", name="Results")).to_be_focused()
    go_on_to(opened, "Tab", "Step")
    keyboard.press("Enter")
    trace = opened.tab.locator("#trace")
    expect(trace).to_have_attribute("data-step", "1")
    go_on_to(opened, "Tab", "Forward")
    keyboard.press("ArrowRight")
    expect(trace).to_have_attribute("data-step", "2")
    keyboard.press("Shift+F6")
    keyboard.press("Shift+F6")
    go_on_to(opened, "Tab", "More")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    expect(dialog(opened, "History")).to_be_visible()
    keyboard.press("Escape")
    expect(opened.tab.get_by_role("button", name="More", exact=True)).to_be_focused()


def test_a_key_that_is_held_runs_the_tests_once(opened: ChromiumPage) -> None:
    keyboard = opened.tab.keyboard
    for place, keys in (("#editor .cm-content", ("Control", "Enter")), ("#run", ("Enter",))):
        opened.wait_until("ready")
        opened.tab.locator(place).focus()
        for key in keys:
            keyboard.down(key)
        opened.wait_for_verdict()
        opened.wait_until("ready")
        keyboard.down(keys[-1])
        assert opened.state() == "ready", "it ran once more"
        for key in keys:
            keyboard.up(key)
        opened.tab.locator(place).press("+".join(keys))
        assert opened.state() == "running"
        opened.wait_for_verdict()


def go_on_to(page: ChromiumPage, key: str, name: str) -> None:
    """Press a key until what has the focus is called so, by its label or its first words."""
    asked = """(name) => (document.activeElement.ariaLabel ?? document.activeElement.textContent)
      .startsWith(name)"""
    for _ in range(20):
        if page.tab.evaluate(asked, name):
            return
        page.tab.keyboard.press(key)
    at = page.tab.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    raise AssertionError(f"{name} is out of the reach of {key}, which came to {at}")


@pytest.mark.parametrize(
    "size", [(800, 544), (1366, 768), (375, 667), (320, 256), (341, 164)], ids=str
)
def test_each_button_of_the_menu_is_reached_in_a_low_window(
    opened: ChromiumPage, size: tuple[int, int]
) -> None:
    opened.resize(1366, 768)
    opened.write("x = 1\n")
    opened.click("Reset")
    opened.click("Reset to starter")  # a notice takes room from the menu
    opened.write("if 1:\n\tx = 1\n")
    opened.resize(*size)
    more = opened.tab.get_by_role("button", name="More", exact=True)
    more.click()
    expect(opened.tab.locator("#menu")).to_be_visible()
    assert opened.tab.locator("#menu").evaluate("(menu) => menu.clientHeight") > 100
    buttons = opened.tab.locator("#menu button:visible")
    assert buttons.count() >= 8
    for button in buttons.all():
        opened.tab.keyboard.press("ArrowDown")
        expect(button).to_be_focused()
        expect(button).to_be_in_viewport(ratio=0.95)
        covered = button.evaluate(
            """(button) => { const { left, right, top, bottom } = button.getBoundingClientRect();
              return !button.contains(document.elementFromPoint(
                (left + right) / 2, (top + bottom) / 2)); }"""
        )
        assert not covered
    opened.tab.keyboard.press("Escape")
    opened.click("Dismiss")


def test_no_code_that_is_shown_is_translated(opened: ChromiumPage) -> None:
    opened.wait_until("ready")
    opened.grade("print('here')\nlos\n")
    opened.wait_until("ready")
    opened.editor.focus()
    for name in ("Keys", "History", "Share"):
        open_dialog(opened, name)
        shown = opened.tab.locator("pre, code, kbd, math, ins, del, .cm-content, .symbols button")
        kept = shown.evaluate_all("(all) => all.map((one) => one.translate)")
        assert len(kept) > 10 and not any(kept)
        opened.tab.keyboard.press("Escape")
    said = opened.tab.locator("#verdict, #statement > p, .test-title")
    assert all(said.evaluate_all("(all) => all.map((one) => one.translate)"))


def test_nothing_scrolls_by_itself_in_a_way_that_takes_time() -> None:
    sources = [path for path in (ROOT / "web/src").rglob("*") if path.suffix in (".ts", ".css")]
    assert len(sources) > 100
    smooth = re.compile(r"behavior: \"smooth\"|(?<!over)scroll-behavior")
    assert [path.name for path in sources if smooth.search(path.read_text("utf-8"))] == []
