"""Floor 0: the nouns and the rules. Standard library only, no clock, no I/O."""
