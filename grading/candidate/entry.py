"""What a candidate can be asked."""

from __future__ import annotations

from grading.shared.functions import functions

from . import calling, loading
from .rehearsal import rehearse


def open_candidate() -> None:
    """Offer the candidate's functions."""
    functions.update(load=loading.load, call=calling.call, rehearse=rehearse)
