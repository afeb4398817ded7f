"""Describe the names of Python's library; runs inside Pyodide, so they are those of its Python.

Nothing of it depends on anything but the library: the same names make the same bytes.
"""

from __future__ import annotations

import importlib
import inspect
import keyword
import pkgutil
import re
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

# A name's kind, its signature ("" where there is none), and the first line of its docstring.
Described = tuple[str, str, str]

LONGEST_SIGNATURE = 200
LONGEST_LINE = 160

# A text in quotes counts as one sign; a quote that none follows is a sign itself.
_SIGNS = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|.""", re.DOTALL)
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
# What `site` adds for people at a prompt.
_OF_PROMPTS = ("_sitebuiltins", "_io")


def describe_library(modules: list[str]) -> dict[str, Any]:
    """Return what may be typed: keywords, importable modules, and the names of some modules."""
    importable = {info.name for info in pkgutil.iter_modules()} | set(sys.builtin_module_names)
    public = {name for name in importable if name in sys.stdlib_module_names or name in modules}
    return {
        "keywords": [*keyword.kwlist, *keyword.softkwlist],
        "importable": sorted(name for name in public if not name.startswith("_")),
        "modules": {name: describe_module(importlib.import_module(name)) for name in modules},
    }


def describe_module(module: types.ModuleType) -> dict[str, Described]:
    """Return the public names of a module, in order."""
    return {name: describe(name, value) for name, value in sorted(_public(module))}


def _public(module: types.ModuleType) -> Iterator[tuple[str, Any]]:
    listed = getattr(module, "__all__", None)
    for name in dir(module) if listed is None else listed:
        value = getattr(module, name)
        is_own = listed is not None or not isinstance(value, types.ModuleType)
        of_prompt = module.__name__ == "builtins" and type(value).__module__ in _OF_PROMPTS
        if not name.startswith("_") and is_own and not of_prompt:
            yield name, value


def describe(name: str, value: Any) -> Described:
    """Return what is shown of a name."""
    if isinstance(value, types.ModuleType):
        return "module", "", _first_line(value)
    if inspect.isclass(value):
        return "class", signature(name, value), _first_line(value)
    if callable(value):
        return "function", signature(name, value), _first_line(value)
    return "value", "", ""


def signature(name: str, value: Callable[..., Any]) -> str:
    """Return the parameters in brackets, as they are declared or else as the docstring has them."""
    try:
        said = str(inspect.signature(value)).partition(" -> ")[0]
    except (ValueError, TypeError):
        said = ""
    if said in ("", "(*args, **kwargs)"):
        said = _documented(name, value) or said
    return _cut(_ADDRESS.sub("", said), LONGEST_SIGNATURE)


def _documented(name: str, value: Any) -> str:
    """Return the fullest of the signatures with which a docstring begins."""
    own = getattr(value, "__name__", name)
    begun = (inspect.getdoc(value) or "").partition("\n\n")[0]
    starts = re.finditer(rf"^{re.escape(own)}(?=\()", begun, re.MULTILINE)
    found = [_bracketed(begun[start.end() :]) for start in starts]
    return max(found, key=len, default="")


def _bracketed(text: str) -> str:
    return " ".join(text[: _closing(text)].split())


def _closing(text: str) -> int:
    """Return where the bracket ends that a text begins with."""
    depth = 0
    for sign in _SIGNS.finditer(text):
        depth += (sign[0] in "([{") - (sign[0] in ")]}")
        if depth == 0:
            return sign.end()
    return len(text)


def _first_line(value: Any) -> str:
    """Return the first line of a docstring that is neither a signature nor a heading."""
    own = getattr(value, "__name__", "").rpartition(".")[2]
    returned = ""
    for paragraph in (inspect.getdoc(value) or "").split("\n\n"):
        if re.search(r"^[=\-~]{3,}$", paragraph, re.MULTILINE):
            continue
        said = _after_signature(own, paragraph.strip())
        if said and not said.startswith("->"):
            return _cut(_plain(_sentence(said)), LONGEST_LINE)
        returned = returned or said.removeprefix("->").partition("\n")[0].strip()
    return _cut(_plain(returned), LONGEST_LINE)


def _after_signature(own: str, paragraph: str) -> str:
    if not own or not paragraph.startswith(f"{own}("):
        return paragraph
    behind = paragraph[len(own) :]
    return behind[_closing(behind) :].strip()


def _sentence(text: str) -> str:
    """Return a paragraph's first sentence, which may go over lines."""
    return re.split(r"(?<=\w\.)\s", " ".join(text.split()))[0]


def _plain(text: str) -> str:
    """Return reStructuredText without its quotes and roles."""
    return re.sub(r"(?::\w+:)?`+([^`]+)`+", r"\1", text)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
