"""Lets `python -m quizgen` do what the `quizgen` command does."""

from quizgen.cli import main

if __name__ == "__main__":
    main()
