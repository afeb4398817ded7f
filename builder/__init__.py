"""The steps of `build.py`: read the exercise, prove it, render it, bundle it, write it."""

import sys
from pathlib import Path

# The package `grading` lies with the page's files, because it ships in the bundle.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "web" / "py"))
