"""Measures the bundle beside what its peers do: ``python -m benchmarks``."""
