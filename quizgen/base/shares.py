"""Shares with their uncertainty."""

from __future__ import annotations

from math import sqrt

Z = 1.959964
"""The standard normal's 97.5 % point: 95 of 100 intervals hold the true share."""


def wilson(right: int, asked: int) -> tuple[float, float]:
    """Between which two shares the true one lies, at 95 % confidence; from 0 to 1 where nothing was asked.

    Wilson's interval (J. Am. Stat. Assoc. 22, 1927): it holds for few cases too, and never leaves 0 to 1.
    """
    if not asked:
        return 0.0, 1.0
    share = right / asked
    middle = (share + Z**2 / (2 * asked)) / (1 + Z**2 / asked)
    half = Z / (1 + Z**2 / asked) * sqrt(share * (1 - share) / asked + Z**2 / (4 * asked**2))
    return max(0.0, middle - half), min(1.0, middle + half)
