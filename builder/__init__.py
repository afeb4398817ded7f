"""The steps of `build.py`: read the exercise, prove it, render it, bundle it, write it."""
