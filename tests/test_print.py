"""On paper: statement, code and results, whole, black on white, and nothing that was not opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from browsers import ChromiumPage
from builder.serve import Server

LINES = 500
LONG = (
    "def label_smoothing_loss(logits, target, alpha):\n    print('n\\n' * 900)\n    return 1.0\n"
    + ("".join(f"# line {n} {'x' * (n % 150)}\n" for n in range(4, LINES + 1)))
)
# Sides of a page in points, and what is between its margins in pixels.
PAPERS = {"A4": ("594.95996 841.91998", 673), "Letter": ("612 792", 695)}
WINDOWS = [(1366, 768), (375, 667)]
SHOWN = ["h1", "#statement table", "#print-code", "#verdict", "#tests > li:nth-child(5) .case"]
AWAY = ["#run", "#editor", "#tabs", "#try", "#more", "#show-hint", ".case-buttons", "#columns"]
PRINT = "() => dispatchEvent(new Event('beforeprint'))"
PRINTED = "() => dispatchEvent(new Event('afterprint'))"

# What of the page reaches over the right edge, or is not black, grey or white.
_AMISS = """() => {
  const grey = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return parts[3] === 0 || (parts[0] === parts[1] && parts[1] === parts[2]);
  };
  const amiss = [];
  for (const box of document.body.querySelectorAll("*")) {
    if (!box.checkVisibility() || box.closest("svg, math, .spoken-only")) continue;
    const { color, backgroundColor } = getComputedStyle(box);
    const isOver = box.getBoundingClientRect().right > innerWidth + 1;
    const isClipped = box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0
      && getComputedStyle(box).overflowX !== "visible";
    if (isOver || isClipped || color !== "rgb(0, 0, 0)" || !grey(backgroundColor))
      amiss.push(`${box.outerHTML.slice(0, 60)} ${color} ${backgroundColor}`);
  }
  return amiss;
}"""

# Of signs of outcomes, which stand there for sure: how large they are, and how drawn.
_SIGNS = """() => [...document.querySelectorAll("#results svg")]
  .filter((sign) => sign.checkVisibility())
  .map((sign) => [sign.getBoundingClientRect().height, getComputedStyle(sign).stroke])"""


@pytest.fixture(scope="module")
def opened(chromium: Browser, server: Server) -> Iterator[ChromiumPage]:
    """A page by night whose long code has failed, with one of its hints opened."""
    page = ChromiumPage(chromium.new_context(color_scheme="dark"))
    page.open(server.url)
    page.wait_until("ready")
    page.tab.get_by_role("button", name="Show hint").click()
    assert page.grade(LONG)["outcome"] == "failed"
    yield page
    page.close()


@pytest.mark.parametrize("window", WINDOWS, ids=str)
@pytest.mark.parametrize("paper", PAPERS)
def test_all_of_it_is_printed_and_the_page_is_as_before(
    opened: ChromiumPage, paper: str, window: tuple[int, int]
) -> None:
    opened.resize(*window)
    before = opened.tab.locator("#results").inner_text()
    pdf = opened.tab.pdf(format=paper)
    pages = re.findall(rb"/Type\s*/Page\b", pdf)
    assert LINES / 60 < len(pages) < 30, "no page has more lines, nor all that was printed"
    sizes = {tuple(map(float, box.split()[2:])) for box in re.findall(rb"MediaBox \[([^]]*)", pdf)}
    (size,) = sizes
    assert size == pytest.approx(tuple(map(float, PAPERS[paper][0].split())), abs=1.5)
    assert opened.count("#print-code > span") == 0
    assert opened.tab.locator("#results").inner_text() == before


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_has_every_line_and_result_black_on_white_within_its_edges(
    opened: ChromiumPage, paper: str
) -> None:
    opened.resize(PAPERS[paper][1], 900)
    opened.tab.emulate_media(media="print")
    opened.tab.evaluate(PRINT)
    lines = opened.tab.locator("#print-code > span").all_inner_texts()
    assert [line.strip() for line in lines] == [line.strip() for line in LONG.split("\n")]
    for selector in SHOWN:
        expect(opened.tab.locator(selector).first).to_be_visible()
    for selector in AWAY:
        expect(opened.tab.locator(selector).first).to_be_hidden()
    assert opened.tab.locator(".hint:visible").count() == 1, "the one that was opened"
    assert opened.tab.locator("#results details:not([open])").count() == 0
    printed = opened.tab.locator(".printed pre:visible").all_inner_texts()
    assert {len(text.split("\n")) for text in printed} == {12}
    expect(opened.tab.locator(".printed").first).to_contain_text("more lines, left out on paper.")
    assert opened.tab.evaluate(_AMISS) == []
    opened.tab.emulate_media(forced_colors="active")
    signs = opened.tab.evaluate(_SIGNS)
    assert len(signs) > 5
    assert [sign for sign in signs if not 8 < sign[0] < 30 or sign[1] != "rgb(0, 0, 0)"] == []
    opened.tab.emulate_media(forced_colors="none")
    opened.tab.evaluate(PRINTED)
    opened.tab.emulate_media(media="screen")


def test_a_part_that_has_the_window_is_not_alone_on_paper(opened: ChromiumPage) -> None:
    opened.resize(1366, 768)
    for name in ("Only the problem", "Only the code", "Only the results"):
        opened.tab.get_by_role("button", name="More").click()
        opened.tab.get_by_role("button", name=name).click()
        opened.tab.emulate_media(media="print")
        opened.tab.evaluate(PRINT)
        for selector in SHOWN:
            expect(opened.tab.locator(selector).first).to_be_visible()
        opened.tab.evaluate(PRINTED)
        opened.tab.emulate_media(media="screen")
        opened.tab.get_by_role("button", name="Show all parts").click()
