"""Every setting, read once from the environment (`APRES_…`), a `.env` file or a secret file, and wrong early."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from redis import Redis

from worker.adapters.mailbox_address import MailboxAddress
from worker.adapters.relay_address import Tls
from worker.domain.consent import REGISTRATION
from worker.domain.errors import ApresError
from worker.domain.freemail import sender_fault
from worker.domain.relay import MOST_ABREAST

#: For one machine and the demo; refused as soon as a relay outside this machine is named.
LOCAL_SECRET = "apres-local-secret"  # noqa: S105 - says of itself that it is no secret

#: Who logs in, and with what, in an URL.
_PASSWORD = re.compile(r"//.*@")

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "inbox"})


class InvalidSettings(ApresError):
    """One sentence for each wrong setting."""


class Settings(BaseSettings):
    """Frozen. Durations are seconds of real time. `docs/settings.md` tells each in a sentence."""

    model_config = SettingsConfigDict(env_prefix="APRES_", env_file=".env", frozen=True, extra="ignore")

    home: Path | None = None
    data: Path = Path("apres-data")
    redis_url: str = ""
    broker_url: str = ""
    secret: SecretStr = SecretStr(LOCAL_SECRET)
    old_secrets: tuple[SecretStr, ...] = ()
    secret_file: Path | None = None

    sender_name: str = "Café des Victoires"
    sender_address: str = "bonjour@cafe.example.org"
    reply_to: str = ""
    rsvp_address: str = ""
    unsubscribe_address: str = ""
    bounce_domain: str = ""
    page_url: str = ""
    feedback_sender: Annotated[str, Field(min_length=5, max_length=15, pattern=r"^[a-z0-9]+$")] = "apresmail"
    dkim_keys: tuple[str, ...] = ()
    dkim_domain: str = ""
    ops_address: str = ""
    registration_wording: Annotated[str, Field(min_length=1)] = REGISTRATION

    relay_host: str = "127.0.0.1"
    relay_port: Annotated[int, Field(ge=1, le=65535)] = 8026
    relay_tls: Tls = Tls.OPPORTUNISTIC
    relay_username: str = ""
    relay_password: SecretStr = SecretStr("")
    relay_password_file: Path | None = None
    relay_ca_file: Path | None = None
    mails_per_connection: Annotated[int, Field(ge=1)] = 100
    relay_per_second: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0
    relay_per_day: Annotated[int, Field(ge=0)] = 0
    relay_connections: Annotated[int, Field(ge=0)] = 4
    connections_per_worker: Annotated[int, Field(ge=1, le=MOST_ABREAST)] = 2
    final_reply_timeout: Annotated[int, Field(ge=1)] = 600

    mailbox_maildir: Path | None = None
    mailbox_host: str = ""
    mailbox_port: Annotated[int, Field(ge=1, le=65535)] = 993
    mailbox_tls: Tls = Tls.IMPLICIT
    mailbox_username: str = ""
    mailbox_password: SecretStr = SecretStr("")
    mailbox_password_file: Path | None = None
    mailbox_ca_file: Path | None = None
    mailbox_folder: str = "INBOX"
    mailbox_done: str = "Done"
    mailbox_aside: str = "Aside"

    feed_folder: Path | None = None

    batch: Annotated[int, Field(ge=1, le=1000)] = 300
    group: Annotated[int, Field(ge=1, le=100)] = 30
    claim_lease: Annotated[int, Field(ge=1)] = 900
    undo: Annotated[int, Field(ge=0)] = 60
    mails_per_day: Annotated[int, Field(ge=0)] = 1
    mails_per_edition: Annotated[int, Field(ge=0)] = 3
    deliver_for: Annotated[int, Field(ge=1)] = 20
    linger: Annotated[int, Field(ge=0)] = 3
    wake_ups: Annotated[int, Field(ge=1)] = 4
    concurrency: Annotated[int, Field(ge=1, le=64)] = 2
    stop_grace: Annotated[int, Field(ge=1, le=900)] = 25
    clock_tolerance: Annotated[int, Field(ge=1)] = 60
    stall_after: Annotated[int, Field(ge=2)] = 60

    probe_host: str = "127.0.0.1"
    worker_probe_port: Annotated[int, Field(ge=0, le=65535)] = 8028
    beat_probe_port: Annotated[int, Field(ge=0, le=65535)] = 8029

    keep_people: Annotated[int, Field(ge=30, le=36500)] = 1095
    keep_moves: Annotated[int, Field(ge=30, le=36500)] = 400
    keep_copies: Annotated[int, Field(ge=1, le=36500)] = 30

    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=0, le=65535)] = 8027

    inbox_host: str = "127.0.0.1"
    inbox_smtp_port: Annotated[int, Field(ge=0, le=65535)] = 8026
    inbox_http_port: Annotated[int, Field(ge=0, le=65535)] = 8025

    @field_validator("data", "home", "mailbox_maildir", "feed_folder", mode="after")
    @classmethod
    def _absolute(cls, folder: Path | None) -> Path | None:
        return folder.expanduser().absolute() if folder else None

    @field_validator("redis_url")
    @classmethod
    def _a_redis(cls, url: str) -> str:
        try:
            if url:
                Redis.from_url(url)  # opens no line yet
        except ValueError as error:
            raise ValueError("write redis://host:6379/0, rediss://… or unix:///path/of.sock") from error
        return url

    @field_validator("relay_per_second", "relay_per_day", "relay_connections", mode="before")
    @classmethod
    def _empty_is_no_limit(cls, limit: Any) -> Any:
        return 0 if limit == "" else limit

    @model_validator(mode="before")
    @classmethod
    def _from_files(cls, values: dict[str, Any]) -> dict[str, Any]:
        for name in ("secret", "relay_password", "mailbox_password"):
            file = values.get(f"{name}_file")
            if file and not values.get(name):
                values[name] = Path(file).read_text(encoding="utf-8").strip()
        return values

    @model_validator(mode="after")
    def _no_public_secret(self) -> Self:
        if self.secret.get_secret_value() == LOCAL_SECRET and self.relay_host not in _LOCAL:
            raise ValueError(
                "secret: a relay outside this machine needs your own secret: put APRES_SECRET in .env, "
                'for example from: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
        return self

    @model_validator(mode="after")
    def _a_sender_of_our_own(self) -> Self:
        if fault := sender_fault(self.sender_address):
            raise ValueError(f"sender_address: {fault}")
        return self

    @model_validator(mode="after")
    def _one_mailbox(self) -> Self:
        if self.mailbox_maildir and self.mailbox_host:
            raise ValueError(
                "mailbox_maildir and mailbox_host name two mailboxes: keep the one that answers reach"
            )
        if self.mailbox_tls is Tls.OPPORTUNISTIC:
            raise ValueError("mailbox_tls: write implicit or starttls, or none for a server on this machine")
        return self

    @property
    def relay_is_local(self) -> bool:
        """Whether mails stay on this machine."""
        return self.relay_host in _LOCAL

    @property
    def gate_time(self) -> int:
        """How long after its gate a letter's final dot may still leave."""
        return min(120, self.final_reply_timeout)

    @property
    def gate_lease(self) -> int:
        """Longer than a group's last dot and the wait for its reply, or a slow relay would be doubted too early."""
        return self.gate_time + self.final_reply_timeout + min(30, self.final_reply_timeout)

    @property
    def mailbox_address(self) -> MailboxAddress:
        """The IMAP account that answers reach."""
        return MailboxAddress(
            host=self.mailbox_host,
            port=self.mailbox_port,
            tls=self.mailbox_tls,
            username=self.mailbox_username,
            password=self.mailbox_password.get_secret_value(),
            ca_file=self.mailbox_ca_file,
            inbox=self.mailbox_folder,
            done=self.mailbox_done,
            aside=self.mailbox_aside,
        )

    @property
    def sender_domain(self) -> str:
        """The domain of the sender's address."""
        return self.sender_address.rpartition("@")[2]


def read_settings(**overrides: Any) -> Settings:
    """The settings of this process; InvalidSettings tells every mistake in a line of its own."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise InvalidSettings("\n".join(map(_sentence, error.errors()))) from error
    except OSError as error:
        raise InvalidSettings(f"a settings file cannot be read: {error}") from error


def _sentence(error: Any) -> str:
    name, said = ".".join(str(part) for part in error["loc"]), error["msg"].removeprefix("Value error, ")
    given = _PASSWORD.sub("//…@", repr(error["input"]))
    return f"APRES_{name.upper()}: {said} (given: {given})" if name else f"APRES settings: {said}"
