"""The learner's code over tabs, places, resets and new starters: none of it is ever lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Route, expect

from browsers import ChromiumPage, ExercisePage
from browsers.limits import SHOW_SECONDS
from builder.serve import Server

from .keeping import wait_until_kept
from .menus import open_tab, silent_context
from .pages import page_of
from .searching import compose
from .submissions import REFERENCE, STARTER

EDITOR = re.compile("/assets/editor")
AGE_EDITION = """() => {
  const key = Object.keys(localStorage).find((key) => key.endsWith(":draft-note"));
  const note = JSON.parse(localStorage.getItem(key));
  note.edition.starter = "another";
  localStorage.setItem(key, JSON.stringify(note));
}"""
# What is written by a page itself is no event to it: as if the event were still on its way.
WRITE_UNSEEN = """(text) => {
  const key = Object.keys(localStorage).find((key) => key.endsWith(":draft"));
  localStorage.setItem(key, text);
}"""
WRITE = f"(text) => {{ ({WRITE_UNSEEN})(text); dispatchEvent(new Event('focus')); }}"
# As a mouse does it.
CLICK_IN = """(code, word) => {
  code.parentElement.focus();
  getSelection().collapse(code.firstChild, code.textContent.indexOf(word));
}"""
# All that fits, to the last character.
FILL = """() => {
  let length = 1 << 23;
  for (let text = ""; length >= 1; length >>= 1) {
    try {
      localStorage.setItem("filling", text + "x".repeat(length));
      text += "x".repeat(length);
    } catch {}
  }
}"""

# The one way to two of a kind that every engine can be driven on.
TWICE = """<!doctype html><title>Twice</title>
<iframe id="one" src="spring/" width="700" height="600"></iframe>
<iframe id="two" src="spring/index.html" width="700" height="600"></iframe>"""
OTHER = "return parent.document.querySelector('#two').contentDocument?.body?.innerText ?? '';"


@pytest.fixture(scope="module")
def site(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that has the bundle in two folders."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("spring", "fall"):
        (folder / name).symlink_to(bundle)
    (folder / "twice.html").write_text(TWICE, "utf-8")
    with Server(folder) as server:
        yield server.url


@pytest.fixture
def silent(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own in which Python stays on its way."""
    with silent_context(chromium) as context:
        yield context


@pytest.fixture
def page(silent: BrowserContext, server: Server) -> ChromiumPage:
    """A page that is for writing alone."""
    return open_tab(silent, server.url)


def notice(page: ChromiumPage, about: str) -> Locator:
    """Return the notice about something."""
    return page.tab.locator(f"#notices [data-notice={about}]")


def answer(page: ChromiumPage, about: str, name: str) -> None:
    """Press a button of a notice by the keyboard, in which the notice goes away."""
    notice(page, about).get_by_role("button", name=name).focus()
    page.tab.keyboard.press("Enter")


def type_at_end(page: ChromiumPage, text: str) -> None:
    """Type after all that the editor holds."""
    page.editor.press("ControlOrMeta+End")
    page.tab.keyboard.insert_text(text)


def test_a_key_or_a_run_in_the_older_tab_replaces_nothing_that_the_newer_has_saved(
    context: BrowserContext, server: Server
) -> None:
    older, newer = (open_tab(context, server.url) for _ in range(2))
    newer.write(REFERENCE)
    expect(older.editor).to_contain_text("import numpy as np")
    expect(notice(older, "elsewhere")).to_contain_text("also open elsewhere")
    older.wait_until("ready")
    older.click_run()
    assert older.wait_for_verdict() == "passed"
    type_at_end(older, "\n# and a key")
    expect(newer.editor).to_contain_text("# and a key")
    newer.reload()
    expect(newer.editor).to_contain_text("import numpy as np")
    expect(newer.editor).to_contain_text("# and a key")


def test_what_another_tab_wrote_is_taken_in_one_step_that_undo_takes_back(
    silent: BrowserContext, server: Server
) -> None:
    older, newer = (open_tab(silent, server.url) for _ in range(2))
    older.write("monday = 1\n")
    expect(newer.editor).to_contain_text("monday")
    newer.write("tuesday = 2\nwednesday = 3\n")
    expect(older.editor).to_contain_text("wednesday")
    answer(older, "elsewhere", "Show what was here")
    expect(older.editor).to_contain_text("monday")
    expect(older.editor).to_be_focused()
    older.editor.press("ControlOrMeta+z")
    expect(older.editor).to_contain_text("wednesday")
    expect(older.editor).not_to_contain_text("monday")
    newer.write("thursday = 4\n")
    show = notice(older, "elsewhere").get_by_role("button", name="Show what was here")
    show.focus()
    newer.write(STARTER)
    expect(older.editor).to_contain_text("NotImplementedError")
    expect(show).to_be_focused()


def test_a_word_that_is_composed_while_another_tab_writes_stands_there_once_and_whole(
    page: ChromiumPage,
) -> None:
    page.write("mine = 1\n")
    page.editor.press("ControlOrMeta+End")
    compose(page, "n")
    composing = compose(page, "ni")
    page.tab.evaluate(WRITE, "mine = 1\nni\nother = 2\n")
    composing.send("Input.insertText", {"text": "你"})
    expect(notice(page, "elsewhere")).to_contain_text("Both are kept")
    assert page.written() == "mine = 1\n你"


def wait_for_the_other(page: ExercisePage, text: str) -> None:
    """Wait until the page beside this one shows a text."""
    page.wait_for(lambda: text in page.script(OTHER), SHOW_SECONDS, f"{text!r} in the other page")


@pytest.mark.hostile
@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_what_is_written_in_one_page_shows_in_the_other(
    chromium: Browser, site: str, engine: str
) -> None:
    with page_of(engine, chromium) as page:
        page.open(f"{site}twice.html")
        page.enter_frame("#one")
        wait_for_the_other(page, "raise NotImplementedError")
        page.write("mine = 1\n")
        wait_for_the_other(page, "mine = 1")
        wait_for_the_other(page, "also open elsewhere")


def test_without_its_editor_the_page_shows_the_draft_and_run_loads_it_anew(
    page: ChromiumPage,
) -> None:
    page.write("mine = 1\n# <b>\n")
    page.context.route(EDITOR, lambda route: route.abort())
    page.tab.reload()
    failure = page.tab.locator("#failure")
    expect(failure).to_contain_text("the editor")
    expect(page.tab.locator("#editor code")).to_have_text("mine = 1\n# <b>\n")
    page.context.unroute(EDITOR)
    page.tab.get_by_role("button", name="Run tests").click(force=True)  # said to be of no use
    expect(page.editor).to_contain_text("mine = 1")
    expect(failure).to_be_hidden()


def test_what_is_typed_before_there_is_an_editor_stands_where_somebody_had_clicked(
    page: ChromiumPage,
) -> None:
    lines = [f"line_{number} = {number}" for number in range(200)]
    page.write("\n".join(lines))
    held: list[Route] = []
    page.context.route(EDITOR, lambda route: held.append(route))
    page.tab.reload()
    shown = page.tab.locator("#editor code")
    expect(shown).to_contain_text(lines[-1])
    shown.evaluate(CLICK_IN, "line_150")
    page.tab.keyboard.type("a\nb")  # no indent after it: that leans on how far the parser has come
    page.wait_for(lambda: len(held) > 0, SHOW_SECONDS, "the editor asked for")
    held[0].continue_()
    expect(page.editor).to_be_focused()
    page.tab.keyboard.type("_")
    mine = "\n".join(lines).replace("line_150", "a\nb_line_150")
    page.wait_for(lambda: page.draft() == mine, SHOW_SECONDS, "the text kept")


def test_two_texts_at_once_both_stay_and_the_other_is_offered(page: ChromiumPage) -> None:
    page.write("mine = 1\n")
    page.tab.evaluate(WRITE_UNSEEN, "other = 2\n")
    type_at_end(page, "mine = 3")
    expect(notice(page, "elsewhere")).to_contain_text("also open elsewhere")
    page.reload()
    expect(page.editor).to_contain_text("mine = 3")
    expect(notice(page, "elsewhere")).to_contain_text("Both are kept")
    page.tab.evaluate(WRITE_UNSEEN, "other = 4\n")
    type_at_end(page, "mine = 5")
    answer(page, "elsewhere", "Show the other code")
    expect(page.editor).to_contain_text("other = 4")
    answer(page, "back", "Undo")
    expect(page.editor).to_contain_text("mine = 5")


def test_a_reset_is_undone_from_its_notice_after_a_reload_too(page: ChromiumPage) -> None:
    page.write("mine = 1\n")
    page.click("Reset")
    expect(page.tab.locator("#reset-dialog")).to_contain_text("kept in this browser")
    page.click("Reset to starter")
    expect(notice(page, "back")).to_contain_text("kept")
    page.reload()
    expect(page.editor).to_contain_text("raise NotImplementedError")
    page.click("Undo")
    expect(page.editor).to_contain_text("mine = 1")
    expect(notice(page, "back")).to_have_count(0)
    page.reload()
    expect(page.editor).to_contain_text("mine = 1")
    expect(notice(page, "back")).to_have_count(0)


def test_a_reset_that_was_undone_in_the_editor_is_offered_no_more(page: ChromiumPage) -> None:
    page.write("mine = 1\n")
    page.click("Reset")
    page.click("Reset to starter")
    expect(notice(page, "back")).to_be_visible()
    page.editor.press("ControlOrMeta+z")
    expect(page.editor).to_contain_text("mine = 1")
    expect(notice(page, "back")).to_have_count(0)


def test_a_notice_is_dismissed_by_the_keyboard_and_hands_the_focus_on(page: ChromiumPage) -> None:
    page.write("mine = 1\n")
    page.click("Reset")
    page.click("Reset to starter")
    page.tab.locator("#statement").focus()
    answer(page, "back", "Dismiss")
    expect(notice(page, "back")).to_have_count(0)
    expect(page.tab.locator("#workspace")).to_be_focused()
    page.reload()
    expect(page.editor).to_be_visible()
    expect(notice(page, "back")).to_have_count(0)


def test_who_was_writing_writes_on_where_that_was_once_a_notice_is_dismissed(
    page: ChromiumPage,
) -> None:
    page.write("mine = 1\n")
    page.click("Reset")
    page.click("Reset to starter")
    for key in ("ControlOrMeta+End", "Escape", "Shift+Tab"):
        page.editor.press(key)
    expect(notice(page, "back").get_by_role("button", name="Dismiss")).to_be_focused()
    page.tab.keyboard.press("Enter")
    expect(page.editor).to_be_focused()
    page.tab.keyboard.type("# the end")
    expect(page.editor.locator(".cm-line").last).to_contain_text("# the end")


def test_two_folders_of_one_site_keep_their_drafts_apart_and_offer_the_newest(
    silent: BrowserContext, site: str
) -> None:
    spring = open_tab(silent, f"{site}spring/")
    spring.write("spring = 1\n")
    fall = open_tab(silent, f"{site}fall/index.html")
    expect(fall.editor).to_contain_text("raise NotImplementedError")
    expect(notice(fall, "place")).to_contain_text("/spring/")
    fall.write("fall = 2\n")
    spring.reload()
    expect(spring.editor).to_contain_text("spring = 1")
    fall.open(f"{site}fall/")
    expect(fall.editor).to_contain_text("fall = 2")
    answer(fall, "place", "Use it here")
    expect(fall.editor).to_contain_text("spring = 1")
    answer(fall, "back", "Undo")
    expect(fall.editor).to_contain_text("fall = 2")


def test_two_folders_of_one_site_keep_their_builds_apart(
    context: BrowserContext, site: str
) -> None:
    for name in ("spring", "fall"):
        page = open_tab(context, f"{site}{name}/")
        page.wait_until("ready")
        wait_until_kept(page)
    places = [name.split(":")[2] for name in page.tab.evaluate("() => caches.keys()")]
    assert sorted(places) == ["/fall/", "/spring/"]


def test_a_draft_of_the_time_before_places_is_taken_over(silent: BrowserContext, site: str) -> None:
    page = ChromiumPage(silent)
    page.tab.goto(f"{site}spring/exercise-bundle.json")
    page.tab.evaluate(
        "localStorage.setItem('exercise:label-smoothed-cross-entropy:draft', 'old = 1\\n')"
    )
    page.open(f"{site}spring/")
    expect(page.editor).to_contain_text("old = 1")
    page.open(f"{site}fall/")
    expect(page.editor).to_contain_text("raise NotImplementedError")
    page.open(f"{site}spring/")
    expect(page.editor).to_contain_text("old = 1")


def test_who_began_on_another_starter_is_told_once_and_can_look_at_the_new_one(
    page: ChromiumPage,
) -> None:
    page.write("mine = 1\n")
    page.tab.evaluate(AGE_EDITION)
    page.reload()
    answer(page, "edition", "See the new starter")
    dialog = page.tab.get_by_role("dialog", name="The starter as it is now")
    expect(dialog).to_contain_text("raise NotImplementedError")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    dialog.get_by_role("button", name="Use the new starter").click()
    expect(page.editor).to_contain_text("raise NotImplementedError")
    answer(page, "back", "Undo")
    expect(page.editor).to_contain_text("mine = 1")
    page.reload()
    expect(page.editor).to_contain_text("mine = 1")
    expect(notice(page, "edition")).to_have_count(0)


def test_a_full_storage_shows_the_draft_and_says_what_it_does_not_take(page: ChromiumPage) -> None:
    page.write("mine = 1\n")
    page.tab.evaluate(FILL)
    page.reload()
    expect(page.editor).to_contain_text("mine = 1")
    unsaved = page.tab.get_by_text("Your code is not saved in this browser")
    expect(unsaved).to_be_hidden()
    type_at_end(page, "# more than there is room for")
    expect(unsaved).to_be_visible()
    page.tab.evaluate("localStorage.removeItem('filling')")
    type_at_end(page, "!")
    expect(unsaved).to_be_hidden()
    page.reload()
    expect(page.editor).to_contain_text("# more than there is room for!")
