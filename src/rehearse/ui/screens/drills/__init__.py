"""The drills: a section in rounds, a ladder of less and less time, an answer in other words."""
