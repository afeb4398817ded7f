"""Examples of a statement that a learner can try: code, and not what code prints."""

from __future__ import annotations

import ast
import html
import re
import warnings
from collections.abc import Collection

_PYTHON = {"python", "python3", "py", "py3", "pycon", "doctest"}
_PROMPT = re.compile(r"(?m)^\s*(?:>>>|\.\.\.)(?: |$)")


def code_to_try(language: str, block: str, taken: Collection[str]) -> str | None:
    """Return the code of a block that can be tried: Python with a value to be seen.

    Args:
        language: what the block says it is.
        block: its text, with or without prompts.
        taken: names that belong to the learner, so that code which defines one of them is none.
    """
    if language not in _PYTHON:
        return None
    code = _without_prompts(block)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(code).body
    except (SyntaxError, ValueError):
        return None
    defined = {name for node in body for name in _defined(node)}
    shows = any(isinstance(node, ast.Expr) and _has_a_value(node.value) for node in body)
    return code if shows and not defined & set(taken) else None


def with_button(pre: str, block: str, code: str, number: int) -> str:
    """Return a block with the button that tries its code."""
    held = "" if code == block else f' data-code="{html.escape(code)}"'
    name = f'Try this case<span class="spoken-only">: example {number} of the problem</span>'
    button = f'<button type="button" class="try-example small"{held}>{name}</button>'
    return f'<div class="trial">{pre}{button}</div>\n'


def _without_prompts(block: str) -> str:
    """Return what stands behind prompts where there are any: the rest is what Python answers."""
    if not re.match(r"\s*>>>(?: |$)", block):
        return block
    lines = (_PROMPT.match(line) and _PROMPT.sub("", line, count=1) for line in block.split("\n"))
    return "\n".join(line for line in lines if line is not None)


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    return []


def _has_a_value(value: ast.expr) -> bool:
    return not isinstance(value, ast.Constant)
