-- reap: end the leases that ran out.
--
-- ARGV  2 losses that make a poison   3 fields as JSON
-- returns the moves made as [field, before, after, …]
--
-- Claimed: due again; a message lost in company becomes a suspect, one lost alone is blamed with a loss.
-- Sending: the relay may have it (RFC 1047), so it is in doubt.

local poison, moves = tonumber(ARGV[2]), {}
local state = campaign()

local trial = redis.call('HGET', RELAY, 'trial')

-- The trial letter of a breaker never got to the relay: another may try at once.
local function end_trial(token)
  if token ~= trial then return end
  redis.call('HSET', RELAY, 'closed_until', real)
  redis.call('HDEL', RELAY, 'trial')
end

local function release(cohort)
  local record = cohort.record
  end_trial(record.token)
  if record.alone then record.losses = (record.losses or 0) + 1 end
  record.suspect, record.reaped = true, record.token
  if (record.losses or 0) >= poison then
    record.due, record.token = nil, nil
    return move(state, cohort, 'dead', 'poison')
  end
  return wait(state, cohort, 'scheduled', 'lease_ran_out', record.due)
end

for _, field in ipairs(cjson.decode(ARGV[3])) do
  local cohort, lease = only(field), redis.call('ZSCORE', LEASES, EDITION .. '.' .. field)
  local record = cohort.record
  if lease and tonumber(lease) <= real and record and IN_HAND[record.state] then
    local before = record.state
    local done = before == 'claimed' and release(cohort) or before == 'sending' and doubt(state, cohort, 'worker_lost')
    if done then
      for _, word in ipairs({ field, before, record.state }) do moves[#moves + 1] = word end
    end
  end
end
conclude(state)
return moves
