"""A running rehearsal: sound in, events out. Composes audio, speech and coverage; no Textual, no SQL, no settings."""
