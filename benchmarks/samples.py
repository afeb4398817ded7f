"""Figures of several rounds, and how one stands to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Spread:
    """The median of some figures, the smallest and the largest."""

    middle: float
    least: float
    most: float

    @staticmethod
    def of(figures: list[float]) -> Spread:
        """Return the spread of figures."""
        return Spread(median(figures), min(figures), max(figures))


@dataclass
class Samples:
    """Figures by what was measured and at which site, one of each round."""

    figures: dict[tuple[str, str], list[float]] = field(
        default_factory=lambda: defaultdict(list[float])
    )

    def add(self, what: str, site: str, figure: float) -> None:
        """Keep one figure."""
        self.figures[what, site].append(figure)

    def spread(self, what: str, site: str) -> Spread:
        """Return the spread of what was measured at a site."""
        return Spread.of(self.figures[what, site])

    def ratio(self, what: str, site: str, reference: tuple[str, str]) -> Spread:
        """Return the spread of the rounds' ratios: each round is compared with itself."""
        own, other = self.figures[what, site], self.figures[reference]
        return Spread.of([a / b for a, b in zip(own, other, strict=True)])


@dataclass(frozen=True)
class Row:
    """A row of the table: what is compared with what, and how small the ratio has to be."""

    measure: str
    what: str
    reference: tuple[str, str]
    must: float | None
    aim: float | None
    unit: str = "ms"
    site: str = "ours"
    note: str = ""

    def is_there(self, samples: Samples) -> bool:
        """Whether this row was measured."""
        return bool(samples.figures.get((self.what, self.site)))


def alternating(rounds: int, sites: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Return rounds and sites, each round in the other order than the one before."""
    for number in range(rounds):
        for site in sites if number % 2 == 0 else reversed(sites):
            yield number, site
