"""The app: the only place that imports Textual. Screens draw and forward keys; what they decide lives below."""
