"""What is run inside a page, in any engine.

Scripts of a driver live beside the page's own: what one leaves for the next is text in the page.
"""

EDITOR = '[role="textbox"][aria-label="Code editor"]'

# Keeps the last report, the outcomes of all, and the longest time that the page did not react.
WATCH = """
const root = document.documentElement;
if (root.dataset.watched !== undefined) return;
root.dataset.watched = "";
document.addEventListener("exercise:report", (event) => {
  root.dataset.report = JSON.stringify(event.detail);
  root.dataset.reported = `${root.dataset.reported ?? ""} ${event.detail.outcome}`;
});
let last = performance.now();
const beat = () => {
  const now = performance.now();
  root.dataset.gap = String(Math.max(Number(root.dataset.gap ?? 0), now - last));
  last = now;
  setTimeout(beat, 100);
};
beat();
"""

TAKE_GAP = """
const { dataset } = document.documentElement;
const { gap } = dataset;
dataset.gap = "0";
return Number(gap);
"""

# By what is read out, as people find them.
FIND_BUTTONS = """
const spoken = (node) =>
  node.nodeType === Node.TEXT_NODE ? node.data
  : node.getAttribute?.("aria-hidden") === "true" ? ""
  : [...node.childNodes].map(spoken).join("");
return [...document.querySelectorAll("button")]
  .filter((button) => spoken(button).trim() === arguments[0])
  .map((button) => button.id);
"""

# The text comes as JSON, so that half of a surrogate pair gets through. Firefox hands over nothing
# of a script's own clipboard, only what it is told in its own words.
PASTE = """
const text = JSON.parse(arguments[0]);
const clipboardData = new DataTransfer();
clipboardData.setData("text/plain", text);
const options = { bubbles: true, cancelable: true };
const usual = new ClipboardEvent("paste", { ...options, clipboardData });
const own = { ...options, data: text, dataType: "text/plain" };
const carries = usual.clipboardData?.getData("text/plain") === text;
const paste = carries ? usual : new ClipboardEvent("paste", own);
document.activeElement.dispatchEvent(paste);
"""

# A click may not hit what is scrolled out of the editor; the page itself has to stay where it is.
SHOW_LINE = """
const line = document.querySelector(arguments[0]);
line.closest(".cm-scroller").scrollTop = 0;
"""

WRITTEN = f"""
const lines = document.querySelectorAll('{EDITOR} .cm-line');
return [...lines].map((line) => line.textContent).join("\\n");
"""

DRAFT = """
const key = Object.keys(localStorage).find((key) => /^exercise:.*:draft$/.test(key));
return key === undefined ? "null" : JSON.stringify(localStorage.getItem(key));
"""

# What a page can wait for by itself, given what is wanted.
IS_IN_A_STATE = "return arguments[0].includes(document.documentElement.dataset.state);"
HAS_A_VERDICT = "return Boolean(document.querySelector('#verdict')?.dataset.outcome);"
HAS_A_TEST = """
return document.querySelector(`ol#tests > li[data-outcome="${arguments[0]}"]`) !== null;
"""

OUTCOMES = """
const tests = document.querySelectorAll("ol#tests > li[data-test]");
return [...tests].map((test) => test.dataset.outcome);
"""

DRAWN = "return new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)));"
