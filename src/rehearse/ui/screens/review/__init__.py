"""Answers that were given: one, two side by side, all of them, how it goes over time."""
