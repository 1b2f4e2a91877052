"""A DNS server of the test's own, on loopback: it knows what it is told, and nothing else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from typing import Self

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Zone = Mapping[tuple[str, str], tuple[str, ...]]


class NameServer:
    """Answers over UDP while its `with` block lasts. The zone maps (name, type) to what is published."""

    def __init__(self, zone: Zone) -> None:
        """Take the zone; names without their final dot."""
        self._zone = zone
        self._line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.asked: list[str] = []

    def __enter__(self) -> Self:
        """Listen; `address` is known from here on."""
        self._line.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._line.getsockname()[1]}"
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", self._line.getsockname())
        self._thread.join(5)
        self._line.close()

    def _serve(self) -> None:
        while question := self._line.recvfrom(4096):
            octets, asker = question
            if not octets:
                return
            self._line.sendto(self._answer(dns.message.from_wire(octets)).to_wire(), asker)

    def _answer(self, asked: dns.message.Message) -> dns.message.Message:
        answer, question = dns.message.make_response(asked), asked.question[0]
        answer.flags |= dns.flags.RA
        name, kind = (
            question.name.to_text(omit_final_dot=True).lower(),
            dns.rdatatype.to_text(question.rdtype),
        )
        self.asked.append(f"{name} {kind}")
        if published := self._zone.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *published))
        elif not any(known == name for known, _ in self._zone):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer
