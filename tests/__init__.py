"""The tests. Each says its claim in its docstring."""
