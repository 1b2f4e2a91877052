"""Questions to Redis as values, so that several can be asked in one round trip and each is still read in its room."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Generic, NamedTuple, TypeVar

Answer = TypeVar("Answer")


class Question(NamedTuple, Generic[Answer]):
    """A command, and what its reply means. Without words nothing is asked, and the reply is empty."""

    words: tuple[str, ...]
    read: Callable[[Any], Answer]


def of_members(key: str, members: Collection[str], read: Callable[[Any], Answer]) -> Question[Answer]:
    """These fields of a hash; Redis takes no HMGET of none."""
    return Question(("HMGET", key, *members) if members else (), read)


def ask(client: Any, question: Question[Answer]) -> Answer:
    """The answer, in a round trip of its own."""
    return question.read(client.execute_command(*question.words) if question.words else ())


def ask_together(client: Any, *questions: Question[Any]) -> list[Any]:
    """The answers, in their order. They are not of one moment: somebody may write in between."""
    pipe = client.pipeline(transaction=False)
    for question in questions:
        if question.words:
            pipe.execute_command(*question.words)
    replies = iter(pipe.execute())
    return [question.read(next(replies) if question.words else ()) for question in questions]
