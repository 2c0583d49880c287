"""Benchmarks: one corpus in the dialects of several tools, the time each takes, and a table of it."""
