"""The quick quiz."""
