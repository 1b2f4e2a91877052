"""Floor 3: the processes of one machine. They host the worker, the beat and the inbox, and so may name adapters."""
