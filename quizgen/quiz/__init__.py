"""Asking items and grading the answers, without a screen."""
