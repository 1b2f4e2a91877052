"""Floor 2: one kind of I/O a file. Only `bootstrap` imports from here."""
