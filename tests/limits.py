"""Limits of runs in tests: so large that a busy machine meets none, or so small that what never
ends is over soon.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a run may take, in seconds."""

    call: float
    run: float

    @property
    def matter(self) -> dict[str, float]:
        """As an exercise's front matter has them."""
        return {"call_seconds": self.call, "run_seconds": self.run}

    @property
    def told(self) -> dict[str, float]:
        """As a driver is told them."""
        return {"callSeconds": self.call, "runSeconds": self.run}


PATIENT = Limits(call=60, run=240)
HURRIED = Limits(call=1, run=8)
