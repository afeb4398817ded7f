"""The page in a real browser, used as a learner uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from browsers import ChromiumPage
from builder.serve import Server

from .submissions import REFERENCE, STARTER, WRONG_CONVENTION

TITLES = [
    "alpha=0 reduces to plain cross-entropy",
    "Diagnostic: matches the explicit smoothed formula",
    "Smoothing INCREASES loss for a perfectly-confident correct prediction",
    "Larger alpha gives larger loss (more regularisation)",
    "Numerically stable for large logits",
]
PACK = ".pack"
LOOP = "def label_smoothing_loss(logits, target, alpha):\n    while True: pass\n"


def test_the_statement_the_starter_and_the_titles_are_there_without_any_script(
    chromium: Browser, server: Server
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_role("heading", name="Label-smoothed cross-entropy")).to_be_visible()
    expect(page.get_by_role("heading", name="Constraints")).to_be_visible()
    assert page.locator("math").count() >= 18
    expect(page.locator("#editor")).to_contain_text("def label_smoothing_loss(")
    assert page.locator("ol#tests .test-title").all_inner_texts() == TITLES
    assert "This page needs JavaScript" in (page.locator("noscript").text_content() or "")
    context.close()


def test_the_page_promises_five_hidden_tests_without_backend_or_queue(page: ChromiumPage) -> None:
    said = page.said("#results")
    assert "5 hidden tests" in said and "Pyodide" in said
    assert "no backend and no submission queue" in said
    expect(page.run_button).to_have_text("▶ Run tests")
    assert page.outcomes() == ["pending"] * 5


def test_the_reference_passes_all_five_with_nothing_in_the_console_and_nothing_sent_elsewhere(
    page: ChromiumPage,
) -> None:
    page.wait_until("ready")
    report = page.grade(REFERENCE)
    assert (report["outcome"], report["passed"], report["total"]) == ("passed", 5, 5)
    assert page.outcomes() == ["passed"] * 5
    expect(page.verdict).to_have_attribute("data-passed", "5")
    expect(page.verdict).to_have_attribute("data-total", "5")
    expect(page.verdict).to_have_text("All 5 tests passed.")
    page.wait_until("ready")
    assert page.problems == []
    assert page.strangers() == []


def test_the_files_of_python_pass_by_the_thread_in_which_one_reads_and_types(
    page: ChromiumPage,
) -> None:
    page.wait_until("ready")
    own = page.script("return performance.getEntriesByType('resource').map(({name}) => name);")
    assert [url for url in own if "/editor-" in url] != []  # which this thread has fetched
    assert [url for url in page.requests if PACK in url] != []
    assert [url for url in own if PACK in url] == []


def test_the_wrong_convention_fails_with_a_message_that_names_it(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.grade(WRONG_CONVENTION)
    assert page.outcomes() == ["passed", "failed", "failed", "failed", "failed"]
    expect(page.tests.nth(1)).to_contain_text("spread over the K-1 wrong classes")


def test_a_click_while_python_loads_is_queued_and_runs_by_itself(
    context: BrowserContext, server: Server
) -> None:
    page = ChromiumPage(context)
    held: list[Route] = []
    pack = "**/assets/judge-*.pack*"
    page.tab.route(pack, lambda route: held.append(route))
    with page.tab.expect_request(pack):
        page.open(server.url)
    page.click_run()
    expect(page.html).to_have_attribute("data-queued", "")
    expect(page.tab.get_by_text("Queued")).to_be_visible()
    for route in held:
        route.continue_()
    assert page.wait_for_verdict() == "error"
    expect(page.html).not_to_have_attribute("data-queued", "")


def test_an_endless_loop_is_stopped_and_the_next_run_passes(page: ChromiumPage) -> None:
    page.wait_until("ready")
    report = page.grade(LOOP)
    assert report["outcome"] == "timeout"
    assert page.outcomes() == ["timeout", "not-run", "not-run", "not-run", "not-run"]
    assert page.grade(REFERENCE)["passed"] == 5


def test_stop_ends_a_run_at_once_and_the_next_run_passes(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.write(LOOP)
    page.click_run()
    page.wait_until_testing()
    page.click("Stop")
    assert page.wait_for_verdict() == "stopped"
    assert page.outcomes() == ["not-run"] * 5
    assert page.grade(REFERENCE)["passed"] == 5


def test_a_click_on_run_clears_the_old_verdict_in_the_click_itself(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.grade(REFERENCE)
    page.wait_until("ready")
    at_once = page.tab.evaluate(
        """() => {
            document.querySelector("#run").click();
            const { state } = document.documentElement.dataset;
            return [state, document.querySelector("#verdict").hasAttribute("data-outcome")];
        }"""
    )
    assert at_once == ["running", False]
    assert page.wait_for_verdict() == "passed"


def test_while_a_run_goes_on_only_what_it_told_has_its_time_and_its_colours(
    page: ChromiumPage,
) -> None:
    page.wait_until("ready")
    page.grade(WRONG_CONVENTION)
    page.write(HANGS_LATER)
    page.click_run()
    expect(page.tests.nth(2)).to_have_attribute("data-outcome", "running")
    told, to_come = ["visible", "none"], ["hidden", "grayscale(1)"]
    assert page.script(TIMES_AND_COLOURS) == [told, told, to_come, to_come, to_come]


TIMES_AND_COLOURS = """
return [...document.querySelectorAll("#tests > li")].map((row) => [
  getComputedStyle(row.querySelector(".test-time")).visibility,
  getComputedStyle(row.querySelector(".test-body")).filter,
]);
"""

# It fails the second test as before, and then no call comes to an end.
HANGS_LATER = f"""{WRONG_CONVENTION}
wrong, smoothed = label_smoothing_loss, []


def label_smoothing_loss(logits, target, alpha):
    smoothed.extend([alpha] if alpha else [])
    while len(smoothed) > 1:
        pass
    return wrong(logits, target, alpha)
"""


def test_a_draft_survives_a_reload_and_nothing_runs_by_itself(page: ChromiumPage) -> None:
    page.wait_until("loading", "ready")
    page.write(LOOP)
    page.reload()
    expect(page.editor).to_contain_text("while True: pass")
    page.wait_until("ready")
    assert page.outcomes() == ["pending"] * 5


def test_reset_asks_first_and_brings_the_starter_back(page: ChromiumPage) -> None:
    page.write("mine = 1\n")
    page.click("Reset")
    page.click("Keep my code")
    expect(page.editor).to_contain_text("mine = 1")
    page.click("Reset")
    page.click("Reset to starter")
    expect(page.editor).to_contain_text("raise NotImplementedError")
    page.reload()
    expect(page.editor).to_contain_text("raise NotImplementedError")


def test_tab_indents_escape_then_tab_leaves_and_control_enter_runs(page: ChromiumPage) -> None:
    page.write("")
    page.editor.press("Tab")
    page.tab.keyboard.insert_text("x = 1")
    assert page.editor.inner_text().startswith("    x = 1")
    page.editor.press("ControlOrMeta+Enter")
    assert page.wait_for_verdict() == "error"
    page.editor.press("Escape")
    page.editor.press("Tab")
    expect(page.editor).not_to_be_focused()


def test_a_syntax_error_is_shown_once_with_its_line(page: ChromiumPage) -> None:
    page.wait_until("ready")
    report = page.grade("import numpy as np\ndef label_smoothing_loss(logits\n    return 0\n")
    assert report["outcome"] == "error" and report["error"]["line"] == 2
    assert page.outcomes() == ["not-run"] * 5
    expect(page.verdict).to_contain_text("line 2")
    expect(page.tab.locator(".cm-marked-line")).to_have_text(re.compile("def label_smoothing_loss"))


def test_code_that_counts_on_warnings_is_told_that_none_fire(page: ChromiumPage) -> None:
    page.wait_until("ready")
    report = page.grade(
        "import numpy as np\nnp.seterr(all='raise')\n"
        "def label_smoothing_loss(logits, target, alpha): return 0.0\n"
    )
    assert report["outcome"] == "failed"
    expect(page.verdict).to_contain_text(report["message"])
    expect(page.verdict).to_contain_text("they never fire in WebAssembly")


def test_prints_stand_under_the_test_that_made_them(page: ChromiumPage) -> None:
    page.wait_until("ready")
    report = page.grade(f"print('loading')\n{REFERENCE}\nloss = label_smoothing_loss\n" + PRINTING)
    assert report["outcome"] == "passed"
    assert report["stdout"] == "loading\n"
    assert report["tests"][3]["stdout"].count("alpha is 0.05") == 1
    expect(page.tests.nth(3)).to_contain_text("alpha is 0.05")


PRINTING = """
def label_smoothing_loss(logits, target, alpha):
    print(f"alpha is {alpha}")
    return loss(logits, target, alpha)
"""


def test_edits_after_a_run_mark_its_results_as_of_older_code(page: ChromiumPage) -> None:
    page.wait_until("ready")
    page.grade(REFERENCE)
    expect(page.tab.locator("#stale")).to_be_hidden()
    page.editor.press("ControlOrMeta+End")
    page.tab.keyboard.insert_text("# more")
    expect(page.tab.locator("#stale")).to_be_visible()


@pytest.mark.parametrize("name", ["pyodide.asm-*.wasm", "multiarray-*", "judge-*.pack", "realm-*"])
def test_a_missing_file_is_named_and_retry_gets_it(
    context: BrowserContext, server: Server, name: str
) -> None:
    page = ChromiumPage(context)
    pattern = f"**/assets/{name}"
    page.tab.route(pattern, lambda route: route.fulfill(status=404))
    page.open(server.url)
    page.wait_until("failed")
    expect(page.tab.locator("#failure")).to_contain_text(name.partition("-")[0])
    page.tab.unroute(pattern)
    page.click("Retry")
    page.wait_until("ready")
    assert page.grade(REFERENCE)["passed"] == 5


@pytest.mark.parametrize("name", ["pyodide.asm-*.js", "candidate-*.pack", "linalg-*"])
def test_one_changed_byte_is_a_damaged_file_and_nothing_runs(
    context: BrowserContext, server: Server, name: str
) -> None:
    def damage(route: Route) -> None:
        response = route.fetch(headers={**route.request.headers, "accept-encoding": "identity"})
        body = bytearray(response.body())
        body[len(body) // 2] ^= 1
        # Said to be encoded, so that the page does not turn to the compressed file beside it.
        headers = {"Content-Encoding": "identity"}
        route.fulfill(body=bytes(body), headers=headers)

    page = ChromiumPage(context)
    page.tab.route(f"**/assets/{name}", damage)
    page.open(server.url)
    page.wait_until("failed")
    expect(page.tab.locator("#failure")).to_contain_text("damaged file", ignore_case=True)
    assert page.count("iframe") == 0


def test_opened_from_disk_the_page_says_what_to_do(context: BrowserContext, bundle: Path) -> None:
    page = context.new_page()
    page.goto((bundle / "index.html").as_uri())
    expect(page.locator("#failure")).to_contain_text("python -m http.server")
    expect(page.get_by_role("heading", name="Constraints")).to_be_visible()


def test_without_webassembly_the_page_says_what_is_missing(
    context: BrowserContext, server: Server
) -> None:
    context.add_init_script("delete globalThis.WebAssembly;")
    page = ChromiumPage(context)
    page.open(server.url)
    page.wait_until("failed")
    expect(page.tab.locator("#failure")).to_contain_text("WebAssembly")


def test_a_framing_page_hears_of_readiness_and_results(
    context: BrowserContext, server: Server
) -> None:
    page = ChromiumPage(context)
    embedder = {"body": EMBEDDER, "content_type": "text/html"}
    page.tab.route("**/embedder", lambda route: route.fulfill(**embedder))
    page.go(f"{server.url}embedder")
    page.enter_frame("iframe")
    page.wait_until("ready")
    page.click_run()
    assert page.wait_for_verdict() == "error"
    ready, result = page.tab.evaluate("messages")
    slug = "label-smoothed-cross-entropy"
    assert ready == {"type": "exercise:ready", "version": 1, "exercise": slug}
    assert {**result, "tests": len(result["tests"])} == {
        "type": "exercise:result",
        "version": 1,
        "exercise": slug,
        "outcome": "error",
        "passed": 0,
        "total": 5,
        "tests": 5,
    }
    assert set(result["tests"][0]) == {"id", "title", "outcome", "ms"}


EMBEDDER = """<!doctype html><script>
var messages = [];
addEventListener("message", (event) => messages.push(event.data));
</script><iframe src="index.html" width="900" height="700"></iframe>"""


def test_a_page_that_may_not_store_anything_says_so_and_works(
    context: BrowserContext, server: Server
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } });"
    )
    page = ChromiumPage(context)
    page.open(server.url)
    expect(page.tab.get_by_text("Your code is not saved in this browser")).to_be_visible()
    page.wait_until("ready")
    assert page.grade(REFERENCE)["passed"] == 5


def test_the_bundle_holds_neither_the_reference_nor_the_wrong_solutions(bundle: Path) -> None:
    names = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert "index.html" in names
    assert not any("solution" in name for name in names)
    for path in bundle.rglob("*"):
        if path.suffix in (".html", ".js", ".css", ".json"):
            text = path.read_text("utf-8")
            assert "surprise" not in text and STARTER.splitlines()[-1].strip() in STARTER
