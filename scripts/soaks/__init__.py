"""Soaks: each module does many times what a test does a few times; `run(words)` gives a Measured."""
