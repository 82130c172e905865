"""Guides: YAML in, checked `Guide` values out. What may not live here: knowledge of any one guide."""
