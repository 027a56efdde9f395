"""A deck sent to a running Anki through AnkiConnect: note by note, where a file replaces notes whole."""
