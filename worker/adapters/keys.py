"""The layout of the ledger in Redis. No other module spells a key.

    key                              type    holds
    {apres}:clock                    hash    `at`: mapped moment in ms, while a demo or a test bends time
    {apres}:leases                   zset    message key -> real ms at which its worker is given up
    {apres}:relay                    hash    paused (because); the breaker: failures, closed_until, trial; limits spent:
                                             paced, passed, day (JSON); complaints: slow_…, fewer_…
    {apres}:ledger                   hash    id, sequence (passages of the gate), held (why nobody may send)
    {apres}:slots                    zset    worker on the line -> real ms at which its connection counts no more
    {apres}:suppressions             hash    <fingerprint>/<scope> -> JSON
    {apres}:prints                   hash    person -> fingerprint, of everybody a suppression ever spoke of
    {apres}:lifted                   hash    <fingerprint>/<scope> -> JSON: when one was last taken back, and why
    {apres}:agenda:<lane>            zset    edition -> ms of its next due message; only editions that may send
    {apres}:claim:<token>            string  what a claim returned, for a repeat of the call; lives a minute
    {apres}:given:<day>              hash    person -> the mails of that day's ration, side by side; lives three days
    {apres}:editions                 set     every edition that has a campaign
    {apres}:campaign:<edition>       hash    status, generation, hold_until, ended_at, because, policies
    {apres}:approved:<edition>       string  JSON: the sequence and the list that an organizer let go
    {apres}:messages:<edition>       hash    <step>.<person> -> JSON record
    {apres}:due:<lane>:<edition>     zset    <step>.<person> -> ms
    {apres}:counts:<edition>         hash    <step>:<state> -> messages
    {apres}:entries:<edition>        stream  the ledger: an entry for each run of like moves (entries.py)
    {apres}:edition:<edition>        string  JSON snapshot
    {apres}:series:<series>          zset    edition -> number
    {apres}:guests:<edition>         hash    person -> JSON
    {apres}:guests-version:<edition> string  counter: changes of the list
    {apres}:present:<edition>        set     people who were there
    {apres}:uninvited:<edition>      hash    person -> <ms>:<turn>:taken or given, of an invitation taken back
    {apres}:introductions:<edition>  hash    the frozen plan: person -> JSON place, `:head` -> JSON version and moment
    {apres}:wishes:<edition>         set     <person>:<other>: whom they would like to see again
    {apres}:swaps:<edition>          string  JSON: the organizer's swaps before the plan is frozen
    {apres}:apart                    hash    <person>:<person>:<asked by> -> ms: never to be introduced
    {apres}:answers:<meeting>        hash    person -> JSON list of answers, as they were heard
    {apres}:drafts:<edition>         hash    <step>.<person> -> the letter's name, then the text written in its place
    {apres}:dialogue:<edition>       hash    person -> JSON: who was described to them, what they said, whom they got
    {apres}:portraits:<edition>      hash    person -> JSON: how others are described to them
    {apres}:rests:<series>           hash    person -> JSON: since when introductions rest
    {apres}:unclear:<edition>        hash    <person>/<name> -> JSON: names that an organizer has to clear up
    {apres}:consents                 stream  the log of consents, a link an entry (`<number>-1`)
    {apres}:consent                  hash    <person>/<purpose>[/<edition>] -> JSON: the last word
    {apres}:consent-records:<person> hash    id -> JSON: what a link speaks of, with its salt
    {apres}:consent-people           set     people with records
    {apres}:wordings                 hash    version -> the text that people read
    {apres}:aside                    hash    mail -> JSON: mails kept aside for a person
    {apres}:originals                hash    number -> JSON: mails kept as they came, until their forward has left
    {apres}:original-numbers         hash    mail -> number
    {apres}:original-number          string  counter
    {apres}:notices                  hash    <edition>/<kind> -> JSON
    {apres}:notice-number            string  counter
    {apres}:life                     zset    <part>/<name>/<lanes> -> real ms of its last sign of life
    {apres}:moves                    hash    <step>:<state>:<reason> -> moves ever made, of all editions
    {apres}:moves-counted            hash    edition -> the last entry that is counted there

The hash tag keeps one ledger in one slot: scripts take every key they touch as an argument.
"""

from __future__ import annotations

from functools import lru_cache

from worker.domain.sequence import Lane

TAG = "{apres}"

#: The order in which every script receives its keys; the prelude in `lua/` gives them names.
LANES = (Lane.URGENT, Lane.CAMPAIGN)


def named(*parts: str) -> str:
    """The key made of these parts."""
    return ":".join((TAG, *parts))


CLOCK = named("clock")
LEASES = named("leases")
RELAY = named("relay")
SLOTS = named("slots")
LEDGER = named("ledger")
SUPPRESSIONS = named("suppressions")
PRINTS = named("prints")
LIFTED = named("lifted")
EDITIONS = named("editions")
APART = named("apart")
ASIDE = named("aside")
ORIGINALS = named("originals")
ORIGINAL_NUMBERS = named("original-numbers")
ORIGINAL_NUMBER = named("original-number")
CONSENTS = named("consents")
CONSENT = named("consent")
CONSENT_PEOPLE = named("consent-people")
WORDINGS = named("wordings")
NOTICES = named("notices")
NOTICE_NUMBER = named("notice-number")
LIFE = named("life")
MOVES = named("moves")
MOVES_COUNTED = named("moves-counted")


def agenda(lane: Lane) -> str:
    """Editions by their next due message in a lane."""
    return named("agenda", lane)


def due(lane: Lane, edition: str) -> str:
    """The waiting messages of an edition in a lane."""
    return named("due", lane, edition)


def given(day: str) -> str:
    """Which mails a day's rations went to."""
    return named("given", day)


#: In place of a token where a script claims nothing.
NO_CLAIM = "-"


# One batch asks for the same ones a dozen times.
@lru_cache(maxsize=64)
def bundle(edition: str, token: str = NO_CLAIM) -> tuple[str, ...]:
    """All keys a move of this edition's messages may touch, in the order of `lua/prelude.lua`."""
    shared = [CLOCK, LEASES, RELAY, SUPPRESSIONS, *(agenda(lane) for lane in LANES), named("claim", token)]
    own = [named(kind, edition) for kind in ("campaign", "messages", "counts", "entries")]
    return (*shared, *own, *(due(lane, edition) for lane in LANES), SLOTS, LEDGER, PRINTS)
