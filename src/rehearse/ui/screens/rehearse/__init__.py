"""Giving an answer: aloud, from a file, typed; the microphone check; the guess in an exam."""
