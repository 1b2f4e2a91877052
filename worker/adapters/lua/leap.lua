-- leap: on a mapped clock, with nothing due and nothing in hand, jump to the next due moment.
--
-- ARGV  none of its own
-- returns the ledger's clock in ms
--
-- Mapped time stands still while anything is due or in hand: a slow machine must not expire a message.

if redis.call('HEXISTS', CLOCK, 'at') == 0 or redis.call('ZCARD', LEASES) > 0 then return now end
local next_due
for _, agenda in pairs(AGENDA) do
  local first = tonumber(redis.call('ZRANGE', agenda, 0, 0, 'WITHSCORES')[2])
  if first and (not next_due or first < next_due) then next_due = first end
end
if not next_due or next_due <= now then return now end
redis.call('HSET', CLOCK, 'at', next_due)
return next_due
