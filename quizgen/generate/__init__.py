"""From facts to items."""
