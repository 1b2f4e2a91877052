"""What DNS publishes, asked of the machine's own resolver or of one that is named."""

from __future__ import annotations

from dns.exception import DNSException
from dns.rdatatype import RdataType
from dns.resolver import NXDOMAIN, NoAnswer, NoNameservers, Resolver

from worker.domain.errors import Refused, Unreachable

#: Real seconds for one question.
_PATIENCE = 4.0


class Dns:
    """Asks a question once; after one that nobody answered the others are not asked."""

    def __init__(self, server: str = "") -> None:
        """`server` is `address` or `address:port`; "" means the machine's own resolvers. Refused when it is neither."""
        try:
            self._resolver = Resolver(configure=not server)
            if server:
                host, _, port = server.rpartition(":") if server.count(":") == 1 else (server, "", "53")
                self._resolver.nameservers, self._resolver.port = [host], int(port)
        except (DNSException, ValueError) as error:
            raise Refused(f"{server!r} is no DNS server: write its address, or address:port") from error
        self._resolver.lifetime = _PATIENCE
        self._silent = ""

    def texts(self, name: str) -> tuple[str, ...]:
        """The TXT records, each put together; none where there is none. Raises Unreachable."""
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in self._ask(name, "TXT"))

    def mail_hosts(self, name: str) -> tuple[str, ...]:
        """The MX hosts, the preferred first; a null MX (RFC 7505) is none. Raises Unreachable."""
        found = sorted(self._ask(name, "MX"), key=lambda record: record.preference)
        return tuple(
            host for record in found if (host := record.exchange.to_text(omit_final_dot=True)) != "."
        )

    def has_address(self, name: str) -> bool:
        """Whether the name leads to any machine. Raises Unreachable."""
        return bool(self._ask(name, "A") or self._ask(name, "AAAA"))

    def _ask(self, name: str, kind: str) -> list:  # type: ignore[type-arg]  # dnspython's records differ by kind
        if self._silent:
            raise Unreachable(self._silent)
        try:
            return list(self._resolver.resolve(name, RdataType.from_text(kind), search=False))
        except (NXDOMAIN, NoAnswer):
            return []
        except NoNameservers as error:
            raise Unreachable(f"DNS has no answer for {name}") from error
        except (DNSException, OSError) as error:
            self._silent = "no DNS server answers"
            raise Unreachable(self._silent) from error
