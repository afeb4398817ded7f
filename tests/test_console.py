"""Trying code on the page: a program, a console in what it defines, and no run that feels it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from browsers import ChromiumPage
from browsers.limits import LONGEST_GAP_MS, SHOW_SECONDS
from builder.serve import Server

from .limits import HURRIED, PATIENT, Limits
from .pages import ready_page, served
from .submissions import REFERENCE, WRONG_CONVENTION
from .trying import TriedPage

GONE = "Console restarted, variables are gone."


@pytest.fixture(scope="module")
def servers(limited_bundles: dict[Limits, Path]) -> Iterator[dict[Limits, Server]]:
    with served(limited_bundles) as servers:
        yield servers


@pytest.fixture(scope="module")
def tried(chromium: Browser, servers: dict[Limits, Server]) -> Iterator[TriedPage]:
    """One page for all that comes to an end."""
    with ready_page(chromium, servers[PATIENT]) as page:
        yield TriedPage(page).open()


@pytest.fixture(scope="module")
def hurried(chromium: Browser, servers: dict[Limits, Server]) -> Iterator[TriedPage]:
    """One page for all that comes to none."""
    with ready_page(chromium, servers[HURRIED]) as page:
        yield TriedPage(page).open()


# ------------------------------------------------------------------------------------- programs


def test_a_file_runs_as_a_program_and_the_console_goes_on_in_it(tried: TriedPage) -> None:
    shown = tried.run_code("x = 20\nif __name__ == '__main__':\n    print('<b>main</b>')\nx + 1")
    expect(shown).to_contain_text("<b>main</b>\n21", use_inner_text=True)
    expect(tried.enter("x * 2")).to_contain_text("40")
    expect(tried.enter("import numpy as np\nnp.eye(2, dtype=int)")).to_contain_text(
        re.compile(r"ndarray, int32, shape \(2, 2\)\s*array")
    )
    assert tried.page.problems == []


def test_the_console_names_the_text_that_it_holds_and_says_when_the_editor_differs(
    tried: TriedPage,
) -> None:
    tried.run_code("y = 1\ny")
    held = tried.region.get_by_role("status").filter(has_text="Loaded")
    expect(held).to_have_text(re.compile(r"your code as it was at \d\d:\d\d:\d\d \(2 lines\)"))
    tried.page.write("y = 2\ny")
    expect(held).to_contain_text("The editor differs")
    tried.page.write("y = 1\ny")
    expect(held).not_to_contain_text("differs")


def test_what_is_printed_arrives_while_the_code_runs_and_stop_ends_it(tried: TriedPage) -> None:
    tried.enter("kept = 1")
    tried.wait()
    shown = tried.enter("print('first')\nwhile True: pass")
    expect(shown).to_contain_text("first\n", use_inner_text=True)
    tried.stop.click()
    expect(shown).to_contain_text(f"You stopped the code. {GONE}")
    tried.box.press("ArrowUp")
    expect(tried.box).to_have_value("print('first')\nwhile True: pass")
    expect(tried.enter("kept")).to_contain_text("NameError")
    tried.page.write("def f(): return 7")
    expect(tried.enter("f()")).to_contain_text("since the console restarted, your code is not")
    tried.run_code()
    expect(tried.enter("f()")).to_contain_text("7")


def test_a_line_that_is_written_over_shows_what_was_written_last(tried: TriedPage) -> None:
    counts = "for n in range(6): print(f'\\r{n} of 5', end='', flush=True); time.sleep(0.06)"
    shown = tried.run_code(f"import time\nprint('begin')\n{counts}\nprint('\\nend')")
    expect(shown.locator("pre")).to_have_text("begin\n5 of 5\nend\n")
    shown = tried.enter("print('half\\r', end=''); print('whole', end='\\r\\n')")
    expect(shown.locator(".try-out")).to_have_text("whole\n")


def test_an_exception_is_told_in_words_and_marked_in_the_editor(tried: TriedPage) -> None:
    tried.run_code("def f(x):\n    return x / 0\n")
    shown = tried.enter("f(1)")
    expect(shown).to_contain_text("A number is divided by zero on line 2 of your code")
    expect(shown.locator("pre").last).to_contain_text('File "solution.py", line 2, in f')
    expect(tried.tab.locator(".cm-marked-line")).to_have_text("    return x / 0")
    expect(tried.enter("import matplotlib")).to_contain_text("There is no module matplotlib here")


def test_a_program_that_ends_itself_is_no_error(tried: TriedPage) -> None:
    shown = tried.run_code("import sys\nprint('hello')\nsys.exit('bye')")
    expect(shown.locator("pre")).to_have_text("hello\nbye\n")
    expect(shown.locator(".try-error")).to_have_count(0)
    shown = tried.run_code("import sys\nsys.exit(3)")
    expect(shown.locator(".try-note")).to_have_text("The program ended with exit code 3.")
    shown = tried.enter("exit()")
    expect(shown.locator(".try-note")).to_contain_text("the console goes on.")
    expect(shown.locator(".try-error")).to_have_count(0)


def test_of_a_coroutine_that_cannot_be_awaited_only_that_is_told(tried: TriedPage) -> None:
    shown = tried.run_code("import asyncio\nasync def main(): pass\n\nasyncio.run(main())")
    expect(shown.locator(".try-error")).to_contain_text("No event loop can be run here on line 4")
    expect(shown.locator(".try-out")).to_have_count(0)


def test_long_values_are_folded_and_open(tried: TriedPage) -> None:
    shown = tried.enter("list(range(1000))")
    expect(shown).to_contain_text("list, 1000 items")
    expect(shown.get_by_text("998, 999")).to_be_hidden()
    shown.locator("summary").click()
    expect(shown.get_by_text("998, 999")).to_be_visible()


# --------------------------------------------------------------------------------------- input


def test_input_is_asked_for_line_by_line_and_the_program_runs_again(tried: TriedPage) -> None:
    tried.input.fill("")
    shown = tried.run_code("a = input('first? ')\nb = input('second? ')\nprint(a + b)")
    expect(tried.region).to_contain_text("line 1 of its input (“first? ”)")
    expect(tried.input).to_be_focused()
    tried.page.wait_for(tried.is_at_end, SHOW_SECONDS, "end of the output in view")
    tried.tab.keyboard.type("left \n")
    expect(tried.region).to_contain_text("line 2 of its input (“second? ”)")
    tried.tab.keyboard.type("right\n")
    expect(shown).to_have_text(re.compile("first\\? left \nsecond\\? right\nleft right\n$"))
    assert tried.log.get_by_text("second? right").count() == 1
    tried.input.fill("")
    expect(tried.enter("input()")).to_contain_text("put the lines into the Input box first")


RETRIES = {
    "a bare except": """
while True:
    try:
        x = int(input("n? "))
        break
    except:
        print("again")
""",
    "one around another": """
x = None
while x is None:
    try:
        while x is None:
            try:
                x = int(input("n? "))
            except:
                print("again")
    except:
        print("again")
    finally:
        pass
""",
    "suppress": """
import contextlib
while True:
    with contextlib.suppress(BaseException):
        x = int(input("n? "))
        break
""",
    "itself": """
def ask():
    try: return int(input("n? "))
    except: return ask()
x = ask()
""",
}


@pytest.mark.parametrize("name", RETRIES)
def test_a_program_that_asks_until_an_answer_will_do_is_answered_whatever_it_catches(
    tried: TriedPage, name: str
) -> None:
    tried.input.fill("")
    shown = tried.run_code(f"{RETRIES[name]}print('x is', x)\n")
    expect(tried.region).to_contain_text("line 1 of its input (“n? ”)")
    tried.tab.keyboard.type("seven\n")
    expect(tried.region).to_contain_text("line 2 of its input (“n? ”)")
    tried.tab.keyboard.type("7\n")
    expect(shown).to_contain_text("x is 7")
    tried.input.fill("")


def test_lines_that_are_typed_while_a_program_runs_stay_whole_and_are_its_answers(
    tried: TriedPage,
) -> None:
    tried.input.fill("")
    shown = tried.run_code(
        "import time\ntime.sleep(1)\nasked = [input(f'{n}? ') for n in 'abcd']\nprint(asked)"
    )
    expect(tried.region).to_contain_text("line 1 of its input (“a? ”)")
    tried.tab.keyboard.type("one\ntwo\nthr")
    expect(tried.region).to_contain_text("line 3 of its input (“c? ”)")
    expect(tried.input).to_have_value("one\ntwo\nthr")
    expect(tried.input).to_be_focused()
    tried.tab.keyboard.type("ee\n")
    expect(tried.region).to_contain_text("line 4 of its input (“d? ”)")
    tried.tab.keyboard.type("four\n")
    expect(shown).to_contain_text("['one', 'two', 'three', 'four']")
    tried.input.fill("")


def test_a_program_that_reads_to_the_end_of_its_input_is_told_where_that_is(
    tried: TriedPage,
) -> None:
    tried.input.fill("1\n2\n")
    shown = tried.run_code(
        "s = 0\ntry:\n    while True: s += int(input())\nexcept EOFError:\n    print('sum', s)"
    )
    tried.region.get_by_role("button", name="No more input").press("Enter")
    expect(shown).to_contain_text("sum 3")
    expect(tried.box).to_be_focused()
    tried.input.fill("")


# ---------------------------------------------------------------------------------------- ways in


def test_a_failing_case_is_tried_and_stays_to_be_changed(tried: TriedPage) -> None:
    tried.page.grade(WRONG_CONVENTION)
    card = tried.tab.locator("#tests [data-case]").first
    got = card.get_attribute("data-got") or ""
    call = card.get_attribute("data-call") or ""
    card.get_by_role("button", name="Try this case").click()
    expect(tried.last).to_contain_text(got)
    expect(tried.box).to_have_value(call)
    tried.box.press("Enter")
    expect(tried.log.get_by_text(got)).to_have_count(2)


def test_an_import_that_the_file_lacks_is_missing_in_a_case_too_and_when_that_is_changed(
    tried: TriedPage,
) -> None:
    tried.page.grade("def label_smoothing_loss(logits, target, alpha): return np.max(logits)")
    card = tried.tab.locator("#tests [data-case]").first
    assert "import numpy as np" in (card.get_attribute("data-call") or "")
    card.get_by_role("button", name="Try this case").click()
    told = "of your code but was not imported. Write import numpy as np at the top."
    expect(tried.last).to_contain_text(told)
    tried.box.press("End")
    tried.box.press_sequentially(" * 2\n")
    expect(tried.log.get_by_text(told)).to_have_count(2)


def test_an_example_of_the_statement_is_tried_in_the_code_as_it_is_now(tried: TriedPage) -> None:
    tried.page.write(REFERENCE)
    tried.tab.locator("#statement").get_by_role("button", name="Try this case").first.click()
    expect(tried.last).to_contain_text("0.460773489156851")
    expect(tried.box).to_have_value(re.compile("label_smoothing_loss"))


def test_all_of_it_goes_by_keyboard(tried: TriedPage) -> None:
    tried.page.write("class Thing:\n    length = 3\nthing = Thing()\n")
    tried.box.fill("")
    tried.run.focus()
    keys = tried.tab.keyboard
    keys.press("Enter")
    tried.wait()
    keys.press("Tab")
    expect(tried.log).to_be_focused()
    while not tried.box.evaluate("(box) => box === document.activeElement"):
        keys.press("Tab")  # past the values that open
    keys.type("def twice(x):\nreturn 2 * x\n\ntwice(thing.le")
    keys.press("Tab")
    expect(tried.box).to_have_value("twice(thing.length")
    keys.type(")")
    keys.press("ControlOrMeta+Enter")
    expect(tried.last).to_contain_text("6")
    expect(tried.box).to_be_focused()
    keys.type("th")
    keys.press("Escape")
    keys.press("Tab")
    expect(tried.box).not_to_be_focused()
    keys.press("Shift+Tab")
    keys.press("ControlOrMeta+a")
    keys.press("Delete")
    keys.press("Tab")
    expect(tried.box).not_to_be_focused()


# ------------------------------------------------------------------------ beside runs of the tests


def test_a_run_of_the_tests_neither_waits_for_the_console_nor_shares_it(tried: TriedPage) -> None:
    tried.page.write(REFERENCE)
    tried.enter("import numpy, builtins\nnumpy.exp = None\nbuiltins.float = None")
    tried.wait()
    shown = tried.enter("print('on')\nwhile True: pass")
    expect(shown).to_contain_text("on\n", use_inner_text=True)
    tried.page.click_run()
    assert tried.page.wait_for_verdict() == "passed"
    tried.page.wait_until("ready")
    expect(tried.stop).to_be_enabled()
    tried.stop.click()
    tried.open()
    expect(shown).to_contain_text(GONE)


# --------------------------------------------------------------------------------- hostile code


# Code that is to end with the console, and no more than that.
ENDLESS = {
    "a loop": "while True: pass",
    "a loop that swallows interrupts": "while True:\n  try:\n    while True: pass\n"
    "  except BaseException: pass",
    "a repr that loops": "class C:\n  def __repr__(s):\n    while True: pass\nC()",
    "a flood of prints": "while True: print('x' * 1000)",
    "a flood of values": "while True: 1",
    "one long operation": "sum(range(10 ** 12))",
}

# Finds what sends pieces in the frames above.
_SEND = """import sys
frame = sys._getframe()
while 'send' not in frame.f_locals:
  frame = frame.f_back
send = frame.f_locals['send']
"""
FORGED = {
    "pieces that are none": "send('no piece')",
    "a flood of pieces": 'for _ in range(10 ** 5): send(\'{"out": "x"}\')',
    "too long a piece": "send('x' * 10 ** 6)",
    "more than code may show": "for _ in range(80): send('{\"out\": \"' + 'x' * 90000 + '\"}')",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_code_without_an_end_ends_the_console_alone(hurried: TriedPage, name: str) -> None:
    shown = hurried.enter(ENDLESS[name])
    expect(shown).to_contain_text(re.compile(f"did not end within 1 seconds.*{re.escape(GONE)}"))
    expect(hurried.enter("1 + 1")).to_contain_text("2")
    assert hurried.page.problems == []


@pytest.mark.parametrize("name", FORGED)
def test_forged_pieces_end_the_console_alone(hurried: TriedPage, name: str) -> None:
    shown = hurried.enter(_SEND + FORGED[name])
    expect(shown).to_contain_text(f"broke down. {GONE}")
    expect(hurried.enter("1 + 1")).to_contain_text("2")


def test_whatever_values_say_is_text_and_no_verdict(hurried: TriedPage) -> None:
    lie = "class C:\n  def __repr__(s): return '<img src=x onerror=alert(1)> 5 of 5 tests passed'\n"
    expect(hurried.enter(f"{lie}C()")).to_contain_text("<img src=x onerror=alert(1)> 5 of 5")
    expect(hurried.enter("class D:\n  def __repr__(s): return 5\nD()")).to_contain_text("TypeError")
    assert hurried.region.locator("img").count() == 0
    assert hurried.page.script("return document.querySelector('#verdict').dataset.outcome") is None


def test_after_all_of_it_the_tests_run_as_ever(hurried: TriedPage) -> None:
    assert hurried.page.grade(REFERENCE)["outcome"] == "passed"
    assert hurried.page.heartbeat() < LONGEST_GAP_MS
    assert hurried.page.problems == []


# ------------------------------------------------------------------------------------- its script


def test_where_its_script_does_not_come_the_console_says_so_and_tries_again(
    page: ChromiumPage,
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.tab.route("**/console-*.js", refuse)
    page.tab.get_by_role("tab", name="Try it").click()
    region = page.tab.get_by_role("region", name="Try it")
    expect(region).to_contain_text("could not be loaded")
    region.get_by_role("button", name="Retry").press("Enter")
    focused = "document.activeElement.closest('#try') !== null"
    expect(region).to_contain_text("could not be loaded")
    assert page.tab.evaluate(focused), "the focus went with the button"
    page.tab.unroute("**/console-*.js", refuse)
    region.get_by_role("button", name="Retry").press("Enter")
    expect(region.get_by_role("button", name="Run code")).to_be_visible()
    assert page.tab.evaluate(focused)


def test_nothing_of_it_is_asked_for_before_it_is_opened(page: ChromiumPage) -> None:
    page.wait_until("ready")
    asked = len([url for url in page.requests if "/console-" in url])
    TriedPage(page).open()
    assert (asked, len([url for url in page.requests if "/console-" in url])) == (0, 1)
