"""Read Markdown as instructors write it: GitHub's and MkDocs's, with formulas of both."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from mdit_py_plugins.gfm import gfm_plugin
from mdit_py_plugins.utils import is_code_block

# Tokens of formulas, and whether they stand on lines of their own.
MATH = {"math_inline": False, "math_inline_double": True, "math_block": True, "amsmath": True}

_COMMAND = re.compile(r"\\[A-Za-z]")
_WORDS = re.compile(r"[A-Za-z]{2,} +[A-Za-z]{2,}")


def markdown_parser() -> MarkdownIt:
    """Return a parser of statements."""
    # HTML is recognised, so that it can be refused.
    parser = MarkdownIt("commonmark", {"html": True})
    for plugin in (gfm_plugin, admon_plugin, deflist_plugin, amsmath_plugin):
        parser.use(plugin)
    parser.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    parser.inline.ruler.at("math_inline", _dollars)
    for name, rule in (("math_backticks", _backticks), ("math_parentheses", _parentheses)):
        parser.inline.ruler.before("math_inline", name, rule)
    parser.inline.ruler.before("math_inline", "math_brackets", _brackets)
    terminates: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "math_brackets_block", _brackets_block, terminates)
    return parser


_plugin_math = math_inline_dollar(allow_double=True)


def _dollars(state: StateInline, silent: bool) -> bool:
    """Find `$…$` or `$$…$$`, unless the dollar signs are those of prices or variables."""
    source, begin = state.src, state.pos
    # The plugin looks at the last character, where there is none before the first.
    state.src = f"{source} "
    try:
        found = _plugin_math(state, True)
        end, state.pos = state.pos, begin
        return found and not _is_money(source, begin, end) and _plugin_math(state, silent)
    finally:
        state.src = source


def _is_money(source: str, begin: int, end: int) -> bool:
    """Whether what two dollar signs enclose is text: what lies between prices, or variables."""
    tex = source[begin + 1 : end - 1]
    if tex.startswith("$") or _COMMAND.search(tex):
        return False
    before, after = source[max(begin - 1, 0) : begin], source[end : end + 2]
    if re.match(r"[0-9A-Za-z]", before) or after[:1].isdigit():
        return True
    if tex[0].isspace() or tex[-1].isspace():
        return True
    if re.match(r"[A-Za-z]", after):  # `$HOME/$USER`, and not `$n$th`
        return bool(re.search(r"[A-Za-z]{2}|[^\w)\]}'!]\Z", tex))
    # `$100 (US$ 120)`, `$5 or two for 9$`
    return bool(re.match(r"\s\d", after) and tex[-1].isupper() and re.search(r"\s", tex)) or (
        tex[0].isdigit() and bool(_WORDS.search(tex))
    )


def _enclosed(
    pattern: str, type_: str, is_math: Callable[[str], bool]
) -> Callable[[StateInline, bool], bool]:
    """Return the rule of formulas that a pattern matches, if its group looks like one."""
    compiled = re.compile(pattern, re.DOTALL)

    def rule(state: StateInline, silent: bool) -> bool:
        found = compiled.match(state.src, state.pos)
        if found is None or not is_math(found[1]):
            return False
        if not silent:
            token = state.push(type_, "math", 0)
            token.content, token.markup = found[1], found[0][:2]
        state.pos = found.end()
        return True

    return rule


# GitHub's, and the two of LaTeX. What is no TeX are brackets that somebody escaped.
_backticks = _enclosed(r"\$`([^`]+)`\$", "math_inline", lambda tex: True)
_parentheses = _enclosed(
    r"\\\((.+?)\\\)",
    "math_inline",
    lambda tex: bool(tex.strip()) and (bool(_COMMAND.search(tex)) or not _WORDS.search(tex)),
)
_brackets = _enclosed(
    r"\\\[(.+?)\\\]", "math_inline_double", lambda tex: bool(re.search(r"\\[A-Za-z]|[\^_=]", tex))
)


def _brackets_block(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    r"""Find `\[ … \]` on lines of its own."""
    if is_code_block(state, first) or not _line(state, first).startswith("\\["):
        return False
    for last in range(first, end):
        line = _line(state, last)
        if not line or (last > first and state.sCount[last] < state.blkIndent):
            return False
        if "\\]" in line:
            break
    else:
        return False
    text = state.getLines(first, last + 1, state.blkIndent, False).strip()
    tex = text.removeprefix("\\[").removesuffix("\\]")
    if not text.endswith("\\]") or "\\]" in tex or not tex.strip():
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block, token.content, token.markup = True, tex, "\\["
        token.map = [first, last + 1]
        state.line = last + 1
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()
