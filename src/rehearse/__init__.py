"""Practise interview answers aloud in the terminal.

What lives here: one package a subject (see each package's docstring). Imports point inward:
`cli -> ui -> live -> {audio, speech, coverage, delivery, guides, history, quiz} -> settings -> domain -> errors`.
"""

from rehearse.offline import switch_off

__version__ = "0.1.1"

# Before any dependency is imported, also where only a part is used as a library: they read it once, on loading.
switch_off()
