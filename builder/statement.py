"""Render a statement to HTML that needs no script, no inline style and no other host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.token import Token as Code
from pygments.util import ClassNotFound

from .errors import BuildError
from .exercise import Exercise
from .formulas import BadFormula, Formula, StyleClasses, render_formulas, temml_rules
from .toolchain import Toolchain

# Colours are the page's, which its editor uses too: style.css has them for light and for dark.
# Where two rows meet, the lower one counts.
_PALETTE = {
    "--code-keyword": (Code.Keyword, Code.Operator.Word),
    "--code-string": (Code.Literal.String,),
    "--code-number": (Code.Literal.Number, Code.Keyword.Constant, Code.Literal.String.Escape),
    "--code-comment": (Code.Comment, Code.Generic.Prompt),
    "--code-name": (Code.Name.Function, Code.Name.Class, Code.Name.Decorator),
    "--failed": (Code.Generic.Error, Code.Generic.Traceback),
}
_MATH = {"math_inline": False, "math_inline_double": True, "math_block": True}
_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class Statement:
    """A rendered statement, and the style rules that it needs beside the page's own."""

    html: str
    css: str


@dataclass(frozen=True)
class _Block:
    """A stretch of the source: all that the parser knows of where a token comes from."""

    path: Path
    line: int
    source: str

    def error(self, cause: str, remedy: str, *sought: str) -> BuildError:
        """Make an error at the first of the texts that is found, else where the block begins."""
        found = (self.source.find(text) for text in sought if text)
        return self.error_at(next((start for start in found if start >= 0), 0), cause, remedy)

    def error_at(self, place: int, cause: str, remedy: str) -> BuildError:
        """Make an error at a character of the source."""
        return BuildError(cause, remedy, self.path, self.line + self.source[:place].count("\n"))


def render_statement(exercise: Exercise, toolchain: Toolchain) -> Statement:
    """Render an exercise's statement.

    Raises:
        BuildError: if it holds bad TeX, raw HTML, an image, a link that leads nowhere, a heading
            of the page's own level, or code in an unknown language; or if Node fails.
    """
    parser = _parser()
    tokens = parser.parse(exercise.statement)
    styles = StyleClasses()
    located = list(_located(tokens, exercise))
    for token, block in located:
        _refuse(token, block)
        _adapt(token, styles)
    math = _render_math(located, toolchain)
    rules = [*_code_rules()]
    if math:
        rules = [*rules, *temml_rules(toolchain.node_modules, "".join(math.values()))]
    shown = {formula: styles.replace_in(mathml) for formula, mathml in math.items()}
    html = parser.renderer.render(tokens, parser.options, {"math": shown})
    toolchain.say(f"statement rendered, {len(math)} formulas")
    return Statement(html, "\n".join([*rules, *styles.rules(), ""]))


def _parser() -> MarkdownIt:
    # HTML is recognised, so that it can be refused.
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.use(dollarmath_plugin, allow_labels=False, allow_blank_lines=False)
    parser.inline.ruler.at("math_inline", _inline_math)
    for name in _MATH:
        parser.add_render_rule(name, _show_math)
    for name in ("fence", "code_block"):
        parser.add_render_rule(name, _show_code)
    return parser


# No digits beside a dollar sign: a price such as $5 begins no formula.
_plugin_math = math_inline_dollar(allow_digits=False, allow_double=True)


def _inline_math(state: StateInline, silent: bool) -> bool:
    """Find a formula, mending the plugin: at position 0 it looks at the last character."""
    source = state.src
    state.src = f"{source} "
    try:
        return _plugin_math(state, silent)
    finally:
        state.src = source


def _located(tokens: Sequence[Token], exercise: Exercise) -> Iterator[tuple[Token, _Block]]:
    """Yield all tokens, each with its block: inline ones have no line of their own."""
    lines = [f"{line}\n" for line in exercise.statement.split("\n")]
    block = _Block(exercise.problem_path, exercise.statement_line, exercise.statement)
    for token in tokens:
        if token.map is not None:
            first, end = token.map
            source = "".join(lines[first:end])
            block = _Block(exercise.problem_path, exercise.statement_line + first, source)
        yield token, block
        for child in token.children or ():
            yield child, block


def _refuse(token: Token, block: _Block) -> None:
    """Raise what makes a token unfit for the page."""
    content = token.content.strip()
    if token.type in ("html_block", "html_inline"):
        remedy = "Write Markdown. A literal `<` goes between backticks, or is written `&lt;`."
        raise block.error(f"HTML is not allowed: {content.splitlines()[0]}", remedy, content)
    if token.type == "image":
        source = str(token.attrs["src"])
        remedy = "Say it in words, in a table or as a formula."
        raise block.error(f"images are not supported: {source}", remedy, f"({source}", "![")
    if token.type == "text" and "$$" in token.content:
        remedy = "Close it with `$$`, with no empty line between. A literal one goes in backticks."
        raise block.error("a formula is not closed", remedy, "$$")
    if token.type == "heading_open" and token.tag == "h1":
        raise block.error("`#` is the page's title", "Begin the section with `##`.")
    if token.type == "link_open":
        _refuse_link(str(token.attrs["href"]), block)
    if token.type == "fence":
        _refuse_language(_language(token), block)


def _refuse_link(address: str, block: _Block) -> None:
    if urlsplit(address).scheme not in _SCHEMES:
        remedy = "Link to a full address that begins https://, or name the thing without a link."
        raise block.error(f"the bundle holds nothing at {address!r}", remedy, f"({address}")


def _refuse_language(language: str, block: _Block) -> None:
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        remedy = "Write ```python, ```text, or another name that Pygments knows."
        raise block.error(f"{language!r} is no known language", remedy, language) from None


def _adapt(token: Token, styles: StyleClasses) -> None:
    """Set a token's attributes as the page needs them."""
    if token.type == "link_open":
        token.attrs.update(target="_blank", rel="noopener")
    if "style" in token.attrs:  # the alignment of a table's cell
        token.attrs["class"] = styles.name(str(token.attrs.pop("style")))


# ----------------------------------------------------------------------------------------- math


def _render_math(
    located: Sequence[tuple[Token, _Block]], toolchain: Toolchain
) -> dict[Formula, str]:
    blocks: dict[Formula, _Block] = {}
    for token, block in located:
        if token.type in _MATH:
            blocks.setdefault(_formula(token), block)
    math: dict[Formula, str] = {}
    for formula, answer in zip(blocks, render_formulas(list(blocks), toolchain), strict=True):
        if isinstance(answer, BadFormula):
            raise _bad_formula(formula, answer, blocks[formula])
        math[formula] = answer
    return math


def _bad_formula(formula: Formula, answer: BadFormula, block: _Block) -> BuildError:
    fence = "$$" if formula.display else "$"
    cause = f"the formula cannot be shown: {answer.cause}"
    remedy = f"Mend the TeX. Temml read: {fence}{' '.join(formula.tex.split())}{fence}"
    start = block.source.find(f"{fence}{formula.tex}{fence}")
    if start < 0:  # inside a quotation or a list the source's lines begin with more
        return block.error(cause, remedy, formula.tex.strip().partition("\n")[0])
    at = answer.at or len(formula.tex) - len(formula.tex.lstrip())
    return block.error_at(start + len(fence) + at, cause, remedy)


def _formula(token: Token) -> Formula:
    return Formula(token.content, _MATH[token.type])


def _show_math(_: Any, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    mathml = str(env["math"][_formula(tokens[index])])
    # A wide formula scrolls inside this element.
    return f'<div class="math">{mathml}</div>\n' if tokens[index].block else mathml


# ----------------------------------------------------------------------------------------- code


def _language(token: Token) -> str:
    return (token.info.split() or ["text"])[0]


def _show_code(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    lexer = get_lexer_by_name(_language(tokens[index]), stripnl=False)
    code = highlight(tokens[index].content, lexer, HtmlFormatter(nowrap=True))
    return f'<pre class="highlight"><code>{code}</code></pre>\n'


def _code_rules() -> Iterator[str]:
    for variable, groups in _PALETTE.items():
        kinds = [kind for kind in STANDARD_TYPES if set(groups) & set(kind.split())]
        names = ", ".join(f".{STANDARD_TYPES[kind]}" for kind in kinds)
        italic = " font-style: italic;" if variable == "--code-comment" else ""
        yield f".highlight :is({names}) {{ color: var({variable});{italic} }}"
