"""How NumPy calls what was called as by PyTorch, or by a name that only NumPy's inside knows."""

from __future__ import annotations

import re

import numpy as np

# What of `max` and the like runs under a name of its own.
_INNER = re.compile(r"_(?:a(?=max|min))?((?:all|any|clip|max|mean|min|prod|std|sum|var)\(\) )")
_KEYWORD = re.compile(r"(\w+)\(\) got an unexpected keyword argument '(\w+)'")
_ATTRIBUTE = re.compile(
    r"(?:'numpy\.ndarray' object|module 'numpy') has no attribute '(?P<name>\w+)'"
)

_CALLED = "What PyTorch calls {} is {} in NumPy."
_KEYWORDS = {
    "dim": _CALLED.format("dim", "axis"),
    "dims": _CALLED.format("dims", "axis"),
    "keepdim": _CALLED.format("keepdim", "keepdims"),
    "unbiased": "NumPy takes ddof in its place: 1 for unbiased, else 0, its default.",
    "device": "NumPy knows no devices: leave it out.",
    "requires_grad": "NumPy knows no gradients: leave it out.",
}
_FUNCTIONS = {
    "cat": "concatenate",
    "clamp": "clip",
    "norm": "linalg.norm",
    "permute": "transpose",
    "numel": "size",
    "unsqueeze": "expand_dims",
}
_HOMES = (np, np.ndarray, np.ufunc, np.linalg)


def with_outer_name(message: str, traceback: str) -> str:
    """Return a message about a call with the name by which NumPy's function was called.

    Args:
        message: an exception's.
        traceback: its text, message and all: where it holds the inner name twice, the learner has
            such a function.
    """
    found = _INNER.match(message)
    if found is None:
        return message
    inner = message.partition("(")[0]
    is_own = len(re.findall(rf"(?<!\w){inner}\(", traceback)) > 1
    return message if is_own else found[1] + message[found.end() :]


def numpy_word(kind: str, message: str) -> str:
    """Return what NumPy has in place of a name that it does not know; nothing where that is unsure.

    Args:
        kind: the exception's type.
        message: what it says.
    """
    if kind == "TypeError" and (call := _KEYWORD.match(message)):
        is_numpys = any(call[1] in vars(home) for home in _HOMES)
        return _KEYWORDS.get(call[2], "") if is_numpys else ""
    if kind == "AttributeError" and (attribute := _ATTRIBUTE.match(message)):
        return _function(attribute["name"])
    return ""


def _function(name: str) -> str:
    if name in _FUNCTIONS:
        return _CALLED.format(name, f"np.{_FUNCTIONS[name]}")
    value = vars(np).get(name)
    is_function = callable(value) and not isinstance(value, type)
    return f"In NumPy it is a function, np.{name}: give it the array." if is_function else ""
