"""Slips of the finger: the smallest difference between two words that a typist makes."""

from __future__ import annotations


def one_slip(one: str, two: str) -> bool:
    """Whether the words differ by one letter put in, left out, changed, or swapped with its neighbour.

    That is a distance of exactly 1 as Damerau counts it (Commun. ACM 7(3), 1964), who found that four in
    five misspellings are of this kind.
    """
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    left, right = one[start:], two[start:]
    if len(left) == len(right):
        swapped = len(left) > 1 and left[1] + left[0] + left[2:] == right
        return swapped or left[1:] == right[1:]
    return left[1:] == right or left == right[1:]
