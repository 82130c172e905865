"""Reading a guide."""
