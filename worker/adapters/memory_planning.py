"""Writing a plan in memory: the same promises as `lua/plan.lua`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from worker.adapters.memory_state import Kept, Memory
from worker.domain.ledger import Policy
from worker.domain.lifecycle import WAITING, State
from worker.domain.plan import Decision, Plan, Unwanted
from worker.domain.reason import Reason


class MemoryPlanning:
    """The planning half of `ports.Schedule` in memory."""

    def __init__(self, memory: Memory) -> None:
        """Share this memory with the other rooms."""
        self.memory = memory

    def plan(self, plan: Plan, policies: Mapping[str, Policy], *, reason: Reason) -> int:
        """See the port."""
        campaign = self.memory.campaign(plan.edition)
        if plan.since not in (None, campaign.generation):
            return -1
        generation = campaign.generation + bool(plan.steps)
        self.memory.campaigns[plan.edition] = replace(campaign, generation=generation)
        self.memory.policies |= {(plan.edition, step): policy for step, policy in policies.items()}
        for decision in (*plan.decisions, *self._unnamed(plan)):
            self._decide(decision, generation, reason)
        return generation

    def _unnamed(self, plan: Plan) -> list[Decision]:
        named = {decision.key for decision in plan.decisions}
        return [
            Unwanted(key, Reason.NOT_ON_LIST)
            for key in self.memory.messages
            if key.edition == plan.edition and key not in named and key.step_name in plan.steps
        ]

    def _decide(self, decision: Decision, generation: int, reason: Reason) -> None:
        kept = self.memory.messages.get(decision.key) or Kept(decision.key, generation=generation)
        if kept.state in {State.SENDING, State.IN_DOUBT}:
            kept.generation = generation  # if it comes back to the schedule, it comes back under this plan
            if not isinstance(decision, Unwanted):
                kept.until, kept.then_version = decision.until, decision.version
        if kept.state not in {None, State.CLAIMED, State.SKIPPED, *WAITING}:
            return
        kept.generation = generation
        if isinstance(decision, Unwanted):
            self._refuse(kept, decision.reason)
            return
        same = kept.state in WAITING and (kept.due, kept.until) == (decision.due, decision.until)
        later = kept.state is State.DEFERRED and kept.due is not None and decision.due <= kept.due
        kept.until, kept.version, kept.then_version = decision.until, decision.version, 0
        if not same and not later:
            self.memory.wait(kept, State.SCHEDULED, decision.because or reason, decision.due)

    def _refuse(self, kept: Kept, why: Reason) -> None:
        if kept.state is not State.SKIPPED or kept.reason not in {why, Reason.ERASED}:
            kept.token, kept.due = "", None
            self.memory.move(kept, State.SKIPPED, why)
