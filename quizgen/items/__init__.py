"""The narrow waist: items, and nothing of where they came from or where they go."""
