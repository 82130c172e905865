"""Interviews: several questions in a row, and what they showed."""
