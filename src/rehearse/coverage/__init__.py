"""Marks: which sections came up, which mistakes were made, with evidence. Pure; knows no particular guide."""
