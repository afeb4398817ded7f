"""The table, the chart and the words around them, as Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import psutil

from .samples import Row, Samples, Spread


def write(
    folder: Path, rows: Sequence[Row], samples: Samples, stages: str, rounds: int, engines: str
) -> None:
    """Write ``benchmarks.md`` and its chart into a folder."""
    measured = [row for row in rows if row.is_there(samples)]
    (folder / "benchmarks.svg").write_text(chart(measured, samples), "utf-8")
    text = _TEXT.format(
        rounds=rounds,
        table=table(measured, samples),
        stages=stages,
        machine=machine(),
        engines=engines,
    )
    (folder / "benchmarks.md").write_text(text, "utf-8")


def table(rows: Iterable[Row], samples: Samples) -> str:
    """Return the table: each row's figures and its ratio, beside what the ratio has to be."""
    lines = [
        "| measure | ours | reference | ratio (min to max) | must | aim | |",
        "|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(row, samples) for row in rows)])


def _line(row: Row, samples: Samples) -> str:
    own, other = samples.spread(row.what, row.site), samples.spread(*row.reference)
    ratio = samples.ratio(row.what, row.site, row.reference)
    measure = f"{row.measure} (reference: {row.note})" if row.note else row.measure
    cells = [
        measure,
        _figure(own, row.unit),
        _figure(other, row.unit),
        f"**{ratio.middle:.2f}** ({ratio.least:.2f} to {ratio.most:.2f})",
        f"{row.must:.2f}" if row.must else "",
        f"{row.aim:.2f}" if row.aim else "",
        verdict(row, ratio),
    ]
    return f"| {' | '.join(cells)} |"


def verdict(row: Row, ratio: Spread) -> str:
    """Return in a word how a row's ratio stands to what it has to be."""
    if row.aim is not None and ratio.middle <= row.aim:
        return "aim met"
    if row.must is None:
        return "reported"
    return "met" if ratio.middle <= row.must else "NOT MET"


def _figure(spread: Spread, unit: str) -> str:
    digits = 2 if spread.middle < 10 else 0
    return f"{spread.middle:.{digits}f} {unit}"


def machine() -> str:
    """Return what the figures were taken on."""
    cores, memory = os.cpu_count(), psutil.virtual_memory().total / 2**30
    return f"{platform.system()} {platform.machine()}, {cores} cores, {memory:.0f} GiB"


def versions() -> str:
    """Return the versions of what is measured with."""
    return f"Python {platform.python_version()}, Playwright {version('playwright')}"


_WIDTH, _LEFT, _STEP, _TOP, _SCALE = 820, 330, 26, 44, 360.0


def chart(rows: Sequence[Row], samples: Samples) -> str:
    """Return an SVG: a bar for each ratio, with a mark where it has to end."""
    bars = [_bar(row, samples, _TOP + _STEP * place) for place, row in enumerate(rows)]
    height = _TOP + _STEP * len(rows) + 12
    whole = _LEFT + _SCALE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            'font-family="system-ui, sans-serif" font-size="12">',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            '<text x="16" y="20" fill="#444">Each bar is a part of its reference; '
            "the red line is where it has to end, the gray one the reference.</text>",
            f'<line x1="{whole}" x2="{whole}" y1="28" y2="{height - 8}" stroke="#999"/>',
            *bars,
            "</svg>\n",
        ]
    )


def _bar(row: Row, samples: Samples, top: int) -> str:
    ratio = samples.ratio(row.what, row.site, row.reference)
    length = min(ratio.middle, 1.15) * _SCALE
    color = "#8a8f98" if row.site != "ours" else "#2f6fde"
    parts = [
        f'<text x="{_LEFT - 8}" y="{top + 13}" text-anchor="end" fill="#222">{row.measure}</text>',
        f'<rect x="{_LEFT}" y="{top + 3}" width="{length:.1f}" height="14" fill="{color}"/>',
        f'<text x="{_LEFT + length + 5:.1f}" y="{top + 14}" fill="#222">{ratio.middle:.2f}</text>',
    ]
    if row.must is not None and row.must <= 1.15:
        place = _LEFT + row.must * _SCALE
        parts.append(
            f'<line x1="{place:.1f}" x2="{place:.1f}" y1="{top}" y2="{top + 20}" '
            'stroke="#d03030" stroke-width="2"/>'
        )
    return "\n".join(parts)


_TEXT = """# Benchmarks

Every figure is taken beside its reference, in one run, on one machine and from one kind of server,
over {rounds} rounds that alternate; what counts is the ratio of each round. `make bench` takes them
again and writes this page anew (an hour or more on two cores; leave the machine alone meanwhile).

The reference is an ordinary page with the same Pyodide and the same NumPy: a worker that runs
`loadPyodide`, `loadPackage("numpy")` and `import numpy`, started on first paint
(`benchmarks/naive/`). *Cold* is a visit with a new browser profile, *warm* the next visit with it.
A visit begins with a browser at rest: a new tab goes on loading parts of the browser's own window
for a second or two, which takes one of two cores from a page that has work for both.

![The ratios as bars](benchmarks.svg)

{table}

Machine: {machine}. {engines}

## Where the time goes

{stages}

## How to read some rows

- **Run to verdict** is taken in the page, from the click until the frame after the verdict is in
  the document. The first run after `ready` is dearer than the next: browsers compile WebAssembly
  when it is first used. The judge rehearses when it is ready for that reason.
- **Time per test** compares 5 tests of 1.4 calls with 500 tests of 14 calls each, so a test of the
  large set asks the candidate ten times as often. *Time per call* is the same run by calls. A test
  runs once however many calls it makes, as long as the answers are the reference's; a submission
  that answers otherwise costs one execution more for each of its calls up to the first that fails.
- **A limit in seconds** (the proof, grading, a step) is the same on every machine, and what is held
  to it is not: how fast the machine was, the reference's start tells. Where that takes 3 s in place
  of 6 s, all of these are met.
- **Warm**, the files come out of the browser's Cache Storage.
- **The page's own thread** is slowed down as by the browser's developer tools, until all is kept
  for the next visit; all other threads have their full speed.
- **200 runs** is taken over three rounds.
- **Memory** is the proportional share of all processes of the browser. Ours holds two interpreters,
  and three while one candidate takes another's place.
- **PyScript** is the newest release with a local interpreter, in a worker. JupyterLite,
  quarto-live, marimo and futurecoder were not measured: each wants its own build with packages of
  other versions, or a network, so that the comparison would be of something else.
"""
