"""How long and how large things may become: for page and build alike, which are told these."""

from __future__ import annotations

BOOT_SECONDS = 120.0
JUDGE_SECONDS = 30.0

# Of a stranger's process outside of a browser.
PROCESS_BYTES = 4 << 30
# Beside what a run may take: an interpreter has to start.
PROCESS_BOOT_SECONDS = 30.0

# Of the hidden tests and their data, which every learner fetches: most, and what is said.
TESTS_BYTES = 100_000_000
LARGE_TESTS_BYTES = 1_000_000

# Of what `explore.py` draws (`grading/candidate/charts.py` says what each one is).
EXPLORE = {"series": 8, "points": 400, "name": 60, "about": 300, "magnitude": 1e300}
