"""Second opinions: the page that asks a friend about an answer's marks, and the reading of what comes back."""
