"""Take all measurements and write ``docs/benchmarks.md``: ``python -m benchmarks --help``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from browsers import EngineMissingError

from . import blocking, boot, memory, proof, report, runs, scaling, stages, stepping, trying
from .samples import Row, Samples
from .sites import ROOT, lay_out

PARTS = ("boot", "blocking", "runs", "memory", "scaling", "proof", "trying", "steps")
ROWS = [
    *boot.ROWS,
    *blocking.ROWS,
    *runs.ROWS,
    *memory.ROWS,
    *scaling.ROWS,
    *proof.ROWS,
    *trying.ROWS,
    *stepping.ROWS,
]


def main() -> int:
    """Measure what is asked for; return 1 if a ratio is larger than it has to be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each figure is taken (7)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="where the report goes")
    options = parser.parse_args()
    samples = Samples()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sites = lay_out(Path(folder), _say)
        if "boot" in options.only:
            boot.measure(sites, options.rounds, playwright, samples, _say)
        if "blocking" in options.only:
            blocking.measure(sites, options.rounds, playwright, samples, _say)
        if "memory" in options.only:
            memory.measure(sites, options.rounds, playwright, samples, _say)
        if "scaling" in options.only:
            scaling.measure(Path(folder), options.rounds, playwright, samples, _say)
        if "proof" in options.only:
            proof.measure(Path(folder), options.rounds, samples, _say)
        if "trying" in options.only:
            trying.measure(sites, options.rounds, playwright, samples, _say)
        if "steps" in options.only:
            stepping.measure(sites, options.rounds, playwright, samples, _say)
        if "runs" in options.only:
            runs.measure(sites, options.rounds, playwright, samples, _say)
        taken = stages.measure(sites["ours"], options.rounds, playwright, _say)
    options.out.mkdir(parents=True, exist_ok=True)
    report.write(options.out, ROWS, samples, taken, options.rounds, report.versions())
    print(report.table([row for row in ROWS if row.is_there(samples)], samples))
    return int(any(_is_too_large(row, samples) for row in ROWS if row.is_there(samples)))


def _is_too_large(row: Row, samples: Samples) -> bool:
    ratio = samples.ratio(row.what, row.site, row.reference)
    return row.must is not None and ratio.middle > row.must


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except EngineMissingError as missing:
        sys.exit(f"{missing}: run `python -m browsers`")
