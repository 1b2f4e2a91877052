"""The Store on Redis, put together from its rooms."""

from __future__ import annotations

from redis import Redis
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, TimeoutError  # noqa: A004 - redis-py's own names
from redis.retry import Retry

from worker.adapters.journal import NoWitness, Witness
from worker.adapters.line_in_hand import LineInHand
from worker.adapters.redis_answers import RedisAnswers
from worker.adapters.redis_batches import RedisBatches
from worker.adapters.redis_campaigns import RedisCampaigns
from worker.adapters.redis_consents import RedisConsents
from worker.adapters.redis_decisions import RedisNotices, RedisSuppressions
from worker.adapters.redis_dialogues import RedisDialogues
from worker.adapters.redis_directory import RedisDirectory
from worker.adapters.redis_drafts import RedisDrafts
from worker.adapters.redis_forgetting import RedisForgetting
from worker.adapters.redis_introductions import RedisIntroductions
from worker.adapters.redis_ledger import RedisLedger
from worker.adapters.redis_relay import RedisRelay
from worker.adapters.redis_schedule import RedisSchedule
from worker.adapters.redis_watching import RedisWatching
from worker.domain.pace import RelayLimits


class RedisStore(
    RedisSchedule,
    RedisLedger,
    RedisCampaigns,
    RedisDirectory,
    RedisDrafts,
    RedisSuppressions,
    RedisConsents,
    RedisNotices,
    RedisRelay,
    RedisAnswers,
    RedisDialogues,
    RedisIntroductions,
    RedisWatching,
    RedisForgetting,
    RedisBatches,
):
    """`ports.Store`: everything kept in the ledger's Redis."""

    def __init__(
        self, client: Redis, limits: RelayLimits | None = None, witness: Witness | None = None
    ) -> None:
        """Use this client, which must decode responses; without `limits` workers send as fast as they can."""
        RedisSchedule.__init__(self, client, witness or NoWitness())
        RedisCampaigns.__init__(self, client)
        RedisRelay.__init__(self, client, limits or RelayLimits())
        RedisAnswers.__init__(self, client)
        RedisDialogues.__init__(self, client)
        RedisConsents.__init__(self, client)


def connect(url: str) -> Redis:
    """A client that outlasts a restart of the server: thirty tries with growing waits of at most a second.

    Every script may be sent twice by these tries; each is idempotent for its token. A line that falls silent without
    a FIN is left after five seconds, connecting included: no script takes a tenth of that.
    """
    pool = LineInHand.from_url(
        url,
        decode_responses=True,
        socket_timeout=5,
        socket_connect_timeout=5,
        retry=Retry(ExponentialBackoff(cap=1, base=0.05), 30),
        retry_on_error=[ConnectionError, TimeoutError, BusyLoadingError],
    )
    return Redis.from_pool(pool)


def connect_briefly(url: str) -> Redis:
    """A client for whoever only looks: a server that does not answer within two seconds is told as it is.

    One more try, for a line that the server closed since the last look.
    """
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=2,
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 1),
        retry_on_error=[ConnectionError],
    )
