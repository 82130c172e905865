"""Practise interview answers aloud in the terminal.

What lives here: one package a subject (see each package's docstring). Imports point inward:
`cli -> ui -> live -> {audio, speech, coverage, delivery, guides, history, quiz} -> settings -> domain -> errors`.
"""

__version__ = "0.1.0"
