"""Cards, scheduling and sessions of the quick quiz: no keys, no widgets. Only `scheduler` imports fsrs."""
