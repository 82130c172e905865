"""How an answer was spoken: pace, fillers, pauses, time by section.

Pure functions over a transcript and its speech spans.
"""
