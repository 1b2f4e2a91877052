"""Floor 2: the verbs. Each takes its ports as arguments, decides in pure functions, puts the decision back."""
