"""What every layer may use: problems, errors, files, dates, the clock and plain text."""
