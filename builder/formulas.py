"""Render TeX to MathML by Temml, and gather the style rules that the MathML needs.

The page's policy forbids inline style, so each different `style` attribute becomes a class.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import BuildError
from .toolchain import Toolchain

_TAG = re.compile(r"<[a-z]+(?:\s+[\w:-]+=(?:\"[^\"]*\"|'[^']*'))+\s*/?>")
_STYLE = re.compile(r"\sstyle=\"([^\"]*)\"")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """A piece of TeX, to be shown in the line or on lines of its own."""

    tex: str
    display: bool


@dataclass
class StyleClasses:
    """Classes that stand for inline styles, numbered as they come."""

    names: dict[str, str] = field(default_factory=dict)

    def name(self, declarations: str) -> str:
        """Return the class that stands for these declarations."""
        return self.names.setdefault(declarations, f"style-{len(self.names) + 1}")

    def rules(self) -> list[str]:
        """Return the rules of all classes so far."""
        # Named twice, since an inline style would win over any selector of one or two classes.
        return [f".{name}.{name} {{ {text} }}" for text, name in self.names.items()]

    def replace_in(self, markup: str) -> str:
        """Return markup with its inline styles replaced by their classes."""
        return _TAG.sub(lambda tag: self._classed(tag[0]), markup)

    def _classed(self, tag: str) -> str:
        style = _STYLE.search(tag)
        if style is None:
            return tag
        name, bare = self.name(style[1]), _STYLE.sub("", tag)
        if _CLASS.search(bare):
            return _CLASS.sub(rf' class="\1 {name}"', bare)
        return re.sub(r"^<[a-z]+", rf'\g<0> class="{name}"', bare)


def render_formulas(formulas: Sequence[Formula], toolchain: Toolchain) -> list[str | BadFormula]:
    """Return each formula's MathML, or what is wrong with it, in one call of Node.

    Raises:
        BuildError: if Node or Temml cannot be run.
    """
    if not formulas:
        return []
    answers = toolchain.run("render-math", [vars(formula) for formula in formulas])
    return [_checked(formula, answer) for formula, answer in zip(formulas, answers, strict=True)]


@dataclass(frozen=True)
class BadFormula:
    """Why a formula cannot be shown, and at which of its characters that shows."""

    cause: str
    at: int = 0


def _checked(formula: Formula, answer: dict[str, Any]) -> str | BadFormula:
    if not formula.tex.strip():
        return BadFormula("it is empty")
    if "error" in answer:
        return BadFormula(answer["error"], answer["at"])
    if "<a " in answer["mathml"]:
        return BadFormula("\\ref needs a script in the page, and there is none")
    return _for_all(formula, str(answer["mathml"]))


def _for_all(formula: Formula, mathml: str) -> str:
    """Give a formula its text, for who gets no MathML, and keep browsers from translating it."""
    said = html.escape(" ".join(formula.tex.split()))
    head, tag_end, rest = mathml.partition(">")
    return f'{head} alttext="{said}" translate="no"{tag_end}{rest}'


def temml_rules(node_modules: Path, markup: str) -> list[str]:
    """Return those of Temml's own style rules that MathML calls for.

    Raises:
        BuildError: if Temml's style sheet is missing.
    """
    if not markup:
        return []
    sheet = node_modules / "temml" / "dist" / "Temml-Local.css"
    try:
        css = _COMMENT.sub("", sheet.read_text("utf-8"))
    except FileNotFoundError:
        remedy = "Delete web/node_modules and build again."
        raise BuildError("Temml's style sheet is missing", remedy, sheet) from None
    classes = {name for names in _CLASS.findall(markup) for name in names.split()}
    return list(_called_for(css, classes, set(re.findall(r"<([a-z]+)", markup))))


def _called_for(css: str, classes: set[str], elements: set[str]) -> Iterator[str]:
    for head, body in _blocks(css):
        if head.startswith("@supports"):
            inner = list(_called_for(body, classes, elements))
            if inner:
                yield f"{head} {{ {' '.join(inner)} }}"
        elif not head.startswith("@") and "Temml" not in body:  # the font, which is not shipped
            selectors = [s.strip() for s in head.split(",")]
            wanted = [s for s in selectors if _matches(s, classes, elements)]
            if wanted:
                yield f"{', '.join(wanted)} {{ {' '.join(body.split())} }}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Split a style sheet into what stands before and between its outermost braces."""
    depth, start, head = 0, 0, ""
    for brace in re.finditer(r"[{}]", css):
        depth += 1 if brace[0] == "{" else -1
        if depth == 1 and brace[0] == "{":
            head, start = " ".join(css[start : brace.start()].split()), brace.end()
        elif depth == 0:
            yield head, css[start : brace.start()]
            start = brace.end()


def _matches(selector: str, classes: set[str], elements: set[str]) -> bool:
    named = set(re.findall(r"\.([\w-]+)", selector))
    # Rules for every formula alike are the page's own affair.
    if not named and selector.startswith("math"):
        return False
    return named <= classes and set(re.findall(r"(?<![\w.:-])[a-z]+", selector)) <= elements
