"""Answers kept: the only place that imports sqlite3. Stores, search, export, recovery."""
