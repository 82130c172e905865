"""Interviews: planned, held, looked back on."""
