"""What quizgen's exit codes mean: one table, for the program, its pages and its tests."""

from __future__ import annotations

FINE, WRONG, MISUSED, INTERRUPTED = 0, 1, 2, 130
"""The last is 128 and the number of the signal, as shells say it."""

MEANINGS = {
    FINE: "All is well. A quiz that was left early is no error.",
    WRONG: "Something is wrong with what was given, or could not be written; every problem was printed on"
    " standard error (by check, on standard output). Also: whoever read the output stopped reading.",
    MISUSED: "The command line was not understood; nothing was done.",
    INTERRUPTED: "Interrupted with Ctrl-C; what was on disk is whole, as it was or as it is to be.",
}
