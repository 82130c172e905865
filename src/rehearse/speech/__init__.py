"""From sound to words and back: voice activity, segments, Whisper, models, the interviewer's voice.

The only place that imports faster_whisper and hibari.
"""
