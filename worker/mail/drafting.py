"""Letters that somebody rewrites for one person: begun from the step's template, proofread before they are kept."""

from __future__ import annotations

from datetime import datetime

from worker.domain.facts import Facts
from worker.domain.message import MessageKey
from worker.domain.own_draft import OwnDraft
from worker.mail.campaign_headers import Occasion, links
from worker.mail.identity import Identity
from worker.mail.kinds import KindOf
from worker.mail.links import Links
from worker.mail.rendering import Templates


class TemplateScribe:
    """`ports.Scribe` over templates."""

    def __init__(self, identity: Identity, templates: Templates, kind_of: KindOf) -> None:
        """Write as this identity; `kind_of` tells where the mails of a step lead."""
        self._identity, self._templates, self._kind_of = identity, templates, kind_of

    def begun(self, key: MessageKey, facts: Facts, at: datetime) -> OwnDraft:
        """See the port. ComposeFailed where the template itself cannot be written."""
        letter = facts.letter or key.step_name
        return OwnDraft(letter, self._templates.begun(letter, facts, self._links(key, facts, at)))

    def check(self, key: MessageKey, facts: Facts, at: datetime) -> None:
        """See the port."""
        self._templates.check_draft(facts.letter or key.step_name, facts, self._links(key, facts, at))

    def _links(self, key: MessageKey, facts: Facts, at: datetime) -> Links:
        kind = self._kind_of(facts.edition, key.step_name)
        return links(self._identity, Occasion(key, kind, facts, at))
