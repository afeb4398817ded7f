"""What a candidate can be asked."""

from __future__ import annotations

import importlib
from functools import partial
from typing import Any

from grading.shared.functions import functions
from grading.shared.library import LibraryWanted

from . import calling, loading
from .rehearsal import rehearse

# Their modules come with the library, which the first question for one of them brings.
_LATER = {
    "load_traced": "tracing",
    "trace": "tracing",
    "program": "console",
    "evaluate": "console",
    "complete": "console",
    "explore": "exploring",
    "check": "checking",
}


def open_candidate() -> None:
    """Offer the candidate's functions."""
    functions.update(load=loading.load, call=calling.call, rehearse=rehearse)
    functions.update({name: partial(_later, name) for name in _LATER})


def _later(name: str, *given: Any) -> str:
    try:
        module = importlib.import_module(f"grading.candidate.{_LATER[name]}")
    except LibraryWanted:
        return ""  # the question is put again when the library is there
    functions[name] = getattr(module, name)
    return functions[name](*given)
