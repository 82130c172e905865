"""Reports: what an interview showed, question by question, as a value, as Markdown and as one HTML page.

Pure functions over an interview, its answers and their guides; sound is given to the page by whoever has it.
"""
