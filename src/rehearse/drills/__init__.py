"""Drills: one section in rounds, one question in less and less time, one answer in other words. Pure; no screen.

What may not live here: keys, widgets, the store. A drill is computed from the answers that belong to its series.
"""
