"""What a button sent: a small form, in either encoding (RFC 8058 §3.2 allows both)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request
from python_multipart.exceptions import FormParserError
from starlette.exceptions import HTTPException

Form = Mapping[str, str]


async def _read(request: Request) -> Form:
    """The fields as text; files count as nothing, and so does what cannot be read."""
    try:
        form = await request.form(max_files=4, max_fields=20)
    except (HTTPException, FormParserError, UnicodeError, ValueError):
        return {}
    return {name: value for name, value in form.items() if isinstance(value, str)}


#: Read on the event loop, so that what follows may take its time in a thread.
Pressed = Annotated[Form, Depends(_read)]
