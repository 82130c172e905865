"""Microphones, loudspeakers, files and recordings, all as 16 kHz mono float32.

The only place that imports sounddevice.
"""
