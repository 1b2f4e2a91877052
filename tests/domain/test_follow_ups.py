"""After an introduction: whatever is said, at most two mails ask whether it came to anything."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.sample import PARIS, cafe, guest
from worker.domain.dialogue import Asked, Met, Voice
from worker.domain.follow_ups import MET, MET_AGAIN, ONCE_MORE, TIME_TO_MEET, Talk, follow_ups
from worker.domain.person import Consent, Presence
from worker.domain.plan import Wanted

ANNE, BRUNO, CLARA = (
    guest(name, presence=Presence.PRESENT, introduced=Consent.GIVEN) for name in ("Anne", "Bruno", "Clara")
)
AT = datetime(2026, 12, 14, 9, 0, tzinfo=PARIS)
MOMENTS = st.dictionaries(
    st.sampled_from(["bruno", "clara"]), st.integers(0, 40).map(lambda days: AT + timedelta(days=days))
)


@given(made=MOMENTS, told=MOMENTS, met=st.sampled_from([None, *Met]), now=st.integers(0, 60))
def test_two_questions_at_most_and_each_once(
    made: dict[str, datetime], told: dict[str, datetime], met: Met | None, now: int
) -> None:
    asked = {"bruno": Asked(1), "clara": Asked(2)}
    talk = Talk(
        edition=cafe(12),
        guests={one.person.id: one for one in (ANNE, BRUNO, CLARA)},
        voices={"anne": Voice(asked, AT, made=made, told=told, met=met)},
        opens=lambda moment: moment,
        now=AT + timedelta(days=now),
    )
    wanted = [one for one in follow_ups(talk) if isinstance(one, Wanted)]
    questions = [one for one in wanted if one.key.step in {MET.name, MET_AGAIN.name}]
    following = talk.edition.next
    named = [*made.values(), *told.values()]

    assert set(Counter(one.key for one in wanted).values()) <= {1}
    assert len(questions) <= (2 if named else 0)
    assert following is not None
    for one in questions:
        again = one.key.step == MET_AGAIN.name
        assert one.due == (following.start - ONCE_MORE if again else max(named) + TIME_TO_MEET)
        assert (met is Met.NOT_YET) if again else (met is None)
