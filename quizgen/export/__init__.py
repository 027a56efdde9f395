"""From items to files."""
