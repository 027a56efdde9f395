"""quizgen turns sourced facts into questions, for Anki and for the terminal."""

__version__ = "0.1.0"
