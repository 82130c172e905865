"""Values that cross package borders: frozen, plain, no I/O.

What may live here: the standard library, numpy, annotated-types. What may not: clocks, files, threads, widgets.
"""
