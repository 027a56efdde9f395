"""What holds for every test."""

from hypothesis import settings

# No test asserts time: a slow machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
