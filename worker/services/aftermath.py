"""What everybody learns from one reply: about the relay, the address, the campaign."""

from __future__ import annotations

from dataclasses import replace

from worker.domain.alarm import too_many_refused
from worker.domain.campaign import Status
from worker.domain.delivery import Claim
from worker.domain.facts import Facts
from worker.domain.lifecycle import State
from worker.domain.notice import HOUSE, NoticeKind
from worker.domain.relay import strain
from worker.domain.reply import Reply, Verdict, says_address_is_bad
from worker.domain.suppression import Cause, Suppression
from worker.services.campaign import follow
from worker.services.notify import notify
from worker.services.tools import Tools


def learn(tools: Tools, claim: Claim, reply: Reply, facts: Facts | None = None) -> None:
    """Breaker, limits, relay pause, suppression of a dead address, pause of a campaign that is refused everywhere.

    An accepted mail teaches nothing more: the breaker closes as it is settled.
    """
    strained = strain(reply)
    if strained:
        tools.store.relay_strained(strained, str(reply))
    match reply.verdict:
        case Verdict.RELAY_DOWN | Verdict.UNKNOWN:
            tools.store.relay_failed()
        case Verdict.RELAY_REFUSES_US:
            _pause_relay(tools, claim, reply)
        case Verdict.REFUSED if facts is not None:
            _learn_refusal(tools, facts, reply)
            watch_campaign(tools, claim.key.edition)


def _pause_relay(tools: Tools, claim: Claim, reply: Reply) -> None:
    if tools.store.pause_relay(str(reply)):
        notify(tools, claim.key.edition, NoticeKind.RELAY_PAUSED, {"reply": str(reply)})


def _learn_refusal(tools: Tools, facts: Facts, reply: Reply) -> None:
    if not says_address_is_bad(reply.enhanced):
        return
    person = facts.guest.person
    fingerprint, now = tools.fingerprint(person.address), tools.store.now()
    tools.store.suppress(Suppression(fingerprint, Cause.ADDRESS_BAD, now, note=str(reply)[:80]))
    if tools.store.places(facts.edition.id, [person.id]):
        follow(tools, facts.edition.id)  # whoever was to meet them gets somebody else


def watch_campaign(tools: Tools, edition: str) -> None:
    """Pause a campaign that is refused by many."""
    counts = tools.store.counts(edition)
    sent, refused = (
        sum(n for (_, s), n in counts.items() if s is state) for state in (State.SENT, State.BOUNCED)
    )
    campaign = tools.store.campaign(edition)
    if edition == HOUSE or campaign.status is not Status.ARMED or not too_many_refused(sent, refused):
        return
    paused = replace(campaign, status=Status.PAUSED, because=f"{refused} refused of {sent + refused}")
    if not tools.store.steer(paused, after=campaign):
        return
    notify(tools, edition, NoticeKind.MANY_REFUSED, {"refused": str(refused), "of": str(sent + refused)})
