"""Après: the worker that writes to people after they met."""

__version__ = "0.1.0"
