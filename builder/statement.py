"""Render a statement to HTML that needs no script, no inline style and no other host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.token import Token as Code
from pygments.util import ClassNotFound

from .errors import BuildError
from .exercise import Exercise
from .foreign_markup import BACKTICKS, DRAWN, FOREIGN, instead_of_html, is_cut
from .formulas import BadFormula, Formula, StyleClasses, render_formulas, temml_rules
from .help_sections import hints_html, take_apart
from .markdown import MATH, markdown_parser
from .outline import adapt_callouts, anchor_headings, set_below_the_title
from .raw_markup import broken_table, is_code_cut, lost_cells, raw_markup
from .toolchain import Toolchain
from .trials import code_to_try, with_button

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
_SCHEMES = ("http", "https", "mailto")
_BAR = "Write `\\|` for a bar within a cell."
_FENCES = (("$$", "$$"), ("$", "$"), ("$`", "`$"), ("\\(", "\\)"), ("\\[", "\\]"), ("", ""))
_NUMBERED = re.compile(r"\\(begin|end)\{(equation|align|alignat|gather|multline|flalign)\}")


@dataclass(frozen=True)
class Statement:
    """A rendered statement, and the style rules that it needs beside the page's own.

    Attributes:
        hints: the items of a list.
        hint_count: how many there are.
        remarks: what is for those who have passed.
    """

    html: str
    css: str
    hints: str = ""
    hint_count: int = 0
    remarks: str = ""


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
        BuildError: if it holds bad TeX, raw HTML, an image, a link that leads nowhere, code in an
            unknown language, or what another renderer would show in a way of its own; or if Node
            fails.
    """
    parser, env = markdown_parser(), {}  # type: tuple[Any, dict[str, Any]]
    tokens = parser.parse(exercise.statement, env)
    for name, rule in _RENDER_RULES.items():
        parser.add_render_rule(name, rule)
    styles = StyleClasses()
    set_below_the_title(tokens)
    adapt_callouts(tokens)
    located = list(_located(tokens, exercise))
    _refuse_unused_footnotes(env, exercise)
    sections = anchor_headings(tokens)
    for token, block in located:
        _refuse(token, block, sections)
        _adapt(token, styles, sections)
    _refuse_lost_cells(located)
    math = _render_math(located, toolchain)
    rules = [*_code_rules()]
    if math:
        rules = [*rules, *temml_rules(toolchain.node_modules, "".join(math.values()))]
    shown = {formula: styles.replace_in(mathml) for formula, mathml in math.items()}
    given = {**env, "math": shown, "taken": [e.name for e in exercise.entry_points], "trials": 0}
    parts = take_apart(tokens, exercise)

    def render(some: list[Token]) -> str:
        return _named_boxes(str(parser.renderer.render(some, parser.options, given)))

    toolchain.say(f"statement rendered, {len(math)} formulas")
    return Statement(
        html=render(parts.statement),
        css="\n".join([*rules, *styles.rules(), ""]),
        hints=hints_html(parts.hints, render),
        hint_count=len(parts.hints),
        remarks=render(parts.remarks),
    )


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


def _refuse(token: Token, block: _Block, sections: Mapping[str, str]) -> None:
    """Raise what makes a token unfit for the page."""
    content = token.content.strip()
    if token.type in ("html_block", "html_inline"):
        first = content.splitlines()[0]
        raise block.error(f"HTML is not allowed: {first}", instead_of_html(content), content)
    if token.type == "image":
        source = str(token.attrs["src"])
        remedy = "Say it in words, in a table or as a formula."
        raise block.error(f"images are not supported: {source}", remedy, f"({source}", "![")
    if token.type == "text":
        _refuse_text(content, block)
    if token.type == "inline":
        _refuse_raw(token, block)
    if token.type == "link_open":
        _refuse_link(str(token.attrs["href"]), block, sections)
    if token.type == "fence":
        _refuse_open(token, block)
        _refuse_language(_language(token), block)
    if token.type == "tr_open" and is_cut(block.source):
        remedy = "Write `\\vert` for each bar in a formula of a table."
        raise block.error("a bar in a formula ends the table's cell", remedy)
    if token.type == "tr_open" and is_code_cut(block.source):
        raise block.error("a bar in code ends the table's cell", _BAR)


def _refuse_text(text: str, block: _Block) -> None:
    if "$$" in text and re.search(r"(?<!\\)\$\$", block.source):
        remedy = "Close it with `$$`, with no empty line between. A literal one goes in backticks."
        raise block.error("a formula is not closed", remedy, "$$")
    for foreign in FOREIGN:
        found = foreign.pattern.search(text)
        if found:
            raise block.error(f"{foreign.what}: {found[0]}", foreign.remedy, found[0])


def _refuse_raw(inline: Token, block: _Block) -> None:
    """Refuse what was to be a link, a footnote or a table, and is none."""
    found = raw_markup(inline)
    if found:
        raw, text = found
        rest = f"]{text.partition(']')[2]}"
        cause = f"{raw.what}: {text.lstrip('](<')}"
        raise block.error(cause, raw.remedy, text, text.partition("\n")[0], rest)
    line = broken_table(inline)
    if line:
        cause = "the head of a table and the line `|---|` below it have to have as many cells"
        raise block.error(cause, f"Give both as many. {_BAR} {BACKTICKS}", line)


def _refuse_lost_cells(located: Sequence[tuple[Token, _Block]]) -> None:
    columns = 0
    for token, block in located:
        if token.type == "table_open":
            columns = 0
        columns += token.type == "th_open"
        lost = lost_cells(block.source, columns) if token.type == "td_open" else []
        if lost:
            cause = f"the row has more cells than its table has columns: {lost[0]} would be lost"
            raise block.error(cause, _BAR)


def _refuse_link(address: str, block: _Block, sections: Mapping[str, str]) -> None:
    if address.startswith("#") and unquote(address[1:]) not in sections:
        known = ", ".join(f"#{name}" for name in sections) or "none"
        remedy = f"Sections: {known}."
        raise block.error(f"there is no section {unquote(address)!r}", remedy, f"({address}")
    if not address.startswith("#") and urlsplit(address).scheme not in _SCHEMES:
        remedy = "Link to a full address that begins https://, or name the thing without a link."
        raise block.error(f"the bundle holds nothing at {address!r}", remedy, f"({address}")


def _refuse_open(fence: Token, block: _Block) -> None:
    """Refuse code that takes in all that follows it, hints too."""
    _, *lines = block.source.rstrip().split("\n")
    last = lines[-1].lstrip("> \t").rstrip() if lines else ""
    if len(last) < len(fence.markup) or set(last) != {fence.markup[0]}:
        remedy = f"Write {fence.markup} on a line of its own below it, indented as its first line."
        raise block.error("a block of code is not closed", remedy)


def _refuse_language(language: str, block: _Block) -> None:
    if language in DRAWN:
        remedy = "Say it in words, in a table or as a formula, or show the text: ```text."
        raise block.error(f"a drawing in {language} is not supported", remedy, language)
    if language == "math":
        return
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        remedy = "Write ```python, ```text, or another name that Pygments knows."
        raise block.error(f"{language!r} is no known language", remedy, language) from None


def _refuse_unused_footnotes(env: Mapping[str, Any], exercise: Exercise) -> None:
    for label, number in env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            block = _Block(exercise.problem_path, exercise.statement_line, exercise.statement)
            name = f"[^{label.removeprefix(':')}]"
            remedy = f"Write {name} where it belongs, or leave it out."
            raise block.error(f"nothing refers to the footnote {name}", remedy, f"{name}:")


def _adapt(token: Token, styles: StyleClasses, sections: Mapping[str, str]) -> None:
    """Set a token's attributes as the page needs them."""
    if token.type == "link_open":
        _adapt_link(token, sections)
    if token.type == "fence" and _language(token) == "math":  # as GitHub does
        token.type = "math_block"
    if "style" in token.attrs:  # the alignment of a table's cell
        token.attrs["class"] = styles.name(str(token.attrs.pop("style")))


def _adapt_link(token: Token, sections: Mapping[str, str]) -> None:
    address = str(token.attrs["href"])
    if address.startswith("#"):
        token.attrs["href"] = f"#{sections[unquote(address[1:])]}"
    else:
        token.attrs.update(target="_blank", rel="noopener")


# ----------------------------------------------------------------------------------------- math


def _render_math(
    located: Sequence[tuple[Token, _Block]], toolchain: Toolchain
) -> dict[Formula, str]:
    blocks: dict[Formula, _Block] = {}
    for token, block in located:
        if token.type in MATH:
            blocks.setdefault(_formula(token), block)
    math: dict[Formula, str] = {}
    for formula, answer in zip(blocks, render_formulas(list(blocks), toolchain), strict=True):
        if isinstance(answer, BadFormula):
            raise _bad_formula(formula, answer, blocks[formula])
        math[formula] = answer
    return math


def _bad_formula(formula: Formula, answer: BadFormula, block: _Block) -> BuildError:
    cause = f"the formula cannot be shown: {answer.cause}"
    remedy = f"Mend the TeX. Temml read: {' '.join(formula.tex.split())}"
    # The parser takes an environment's last line for none of its own.
    own_lines = formula.tex.replace("*}", "}").rpartition("\n")[0] or formula.tex
    written = [(fence, f"{fence}{formula.tex}{end}") for fence, end in _FENCES] + [("", own_lines)]
    found = ((block.source.find(text), len(fence)) for fence, text in written)
    start = next((place + length for place, length in found if place >= 0), -1)
    if start < 0:  # inside a quotation or a list the source's lines begin with more
        return block.error(cause, remedy, formula.tex.strip().partition("\n")[0])
    at = answer.at or len(formula.tex) - len(formula.tex.lstrip())
    return block.error_at(start + at, cause, remedy)


def _formula(token: Token) -> Formula:
    tex = token.content
    if token.type == "amsmath":  # numbers of equations are none of GitHub's, nor of MkDocs's
        tex = _NUMBERED.sub(r"\\\1{\2*}", tex)
    return Formula(tex, MATH[token.type])


def _show_math(_: Any, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    mathml = str(env["math"][_formula(tokens[index])])
    # A wide formula scrolls inside this element.
    return f'<div class="math">{mathml}</div>\n' if tokens[index].block else mathml


# ----------------------------------------------------------------------------------------- code


def _language(token: Token) -> str:
    return (token.info.split() or ["text"])[0]


def _show_code(_: Any, tokens: Sequence[Token], index: int, __: Any, env: dict[str, Any]) -> str:
    language, block = _language(tokens[index]), tokens[index].content
    lexer = get_lexer_by_name(language, stripnl=False)
    code = highlight(block, lexer, HtmlFormatter(nowrap=True))
    pre = f'<pre class="highlight" translate="no"><code>{code}</code></pre>\n'
    tried = code_to_try(language, block, env["taken"])
    if tried is None:
        return pre
    env["trials"] += 1
    return with_button(pre, block, tried, env["trials"])


def _show_inline_code(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    return f'<code translate="no">{escape(tokens[index].content, quote=False)}</code>'


def _code_rules() -> Iterator[str]:
    for variable, groups in _PALETTE.items():
        kinds = [kind for kind in STANDARD_TYPES if set(groups) & set(kind.split())]
        names = ", ".join(f".{STANDARD_TYPES[kind]}" for kind in kinds)
        italic = " font-style: italic;" if variable == "--code-comment" else ""
        yield f".highlight :is({names}) {{ color: var({variable});{italic} }}"


def _show_footnote_anchor(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    meta = tokens[index].meta
    name = str(meta["id"] + 1) + (f":{meta['subId']}" if meta["subId"] > 0 else "")
    return f' <a href="#fnref{name}" aria-label="back to the text">↩\ufe0e</a>'


_BOX = '<input class="task-list-item-checkbox" disabled="" type="checkbox"'


def _named_boxes(html: str) -> str:
    """Give the boxes of tasks the names that readers without eyes for them hear."""
    done = html.replace(f'{_BOX} checked=""', f'{_BOX} checked="" aria-label="done"')
    return done.replace(f"{_BOX}>", f'{_BOX} aria-label="to do">')


_RENDER_RULES = {
    **dict.fromkeys(MATH, _show_math),
    **dict.fromkeys(("fence", "code_block"), _show_code),
    "code_inline": _show_inline_code,
    "footnote_anchor": _show_footnote_anchor,
    # A wide table scrolls inside this element.
    "table_open": lambda *_: '<div class="table">\n<table>\n',
    "table_close": lambda *_: "</table>\n</div>\n",
}
