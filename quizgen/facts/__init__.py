"""The knowledge base: reading a pack of YAML, checking it, and checking its citations."""
