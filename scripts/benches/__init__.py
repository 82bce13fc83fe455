"""Benches: each module measures one thing; `run(words)` gives a Measured."""
