-- moves: the one way a message changes state, and what follows from it.

-- Where the message stands in the schedule and among the leases follows from its state alone; `before` says
-- where it may have stood until now.
local function place(state, field, record, before, lease)
  local waits, held = WAITING[record.state], IN_HAND[record.state]
  local lane = waits and policy(state, field).lane
  for name, queue in pairs(DUE) do -- both: the step may have changed its lane
    if name == lane then
      stand(queue, field, record.due)
    elseif WAITING[before] then
      stand(queue, field)
    end
  end
  if held then
    stand(LEASES, EDITION .. '.' .. field, real + lease)
  elseif IN_HAND[before] then
    stand(LEASES, EDITION .. '.' .. field)
  end
end

-- The one way a message changes state: record, schedule, lease, counters and ledger entry together.
local function move(state, field, record, after, reason, reply, lease)
  local before = record.state
  if before and not ALLOWED[before][after] then return false end
  record.state, record.reason, record.reply = after, reason, reply ~= '' and reply or nil
  place(state, field, record, before or 'new', lease or 0)
  note(field, record)
  enter(field, before, after, reason, WAITING[after] and record.due or nil, reply)
  return true
end

local function wait(state, field, record, after, reason, due, reply)
  record.due, record.token, record.alone = due, nil, nil
  record.version, record.then_version = record.then_version or record.version, nil
  if not move(state, field, record, after, reason, reply) then return false end
  if state.status == 'cancelled' then -- nothing waits for ever: what comes back now came too late
    record.due = nil
    move(state, field, record, 'skipped', 'cancelled', reply)
  end
  return true
end

-- A doubt; and, where the step's rule says "again" and it has not said so three times, the next try.
local function doubt(state, field, record, reason, reply)
  if not move(state, field, record, 'in_doubt', reason, reply) then return false end
  record.doubts, record.doubted = (record.doubts or 0) + 1, record.doubted or {}
  if record.token then record.doubted[record.token] = true end
  if policy(state, field).doubt == 'again' and record.doubts <= 3 then
    return wait(state, field, record, 'scheduled', 'again', now, reply)
  end
  note(field, record)
  return true
end

-- What became of an earlier try that was in doubt ends the next one, while that has not passed its gate.
local function tells_of_earlier_try(record, after)
  local open = WAITING[record.state] or record.state == 'claimed'
  return record.doubted and open and (after == 'sent' or after == 'bounced')
end

-- The end of every script that changes the schedule: what it changed, and the agenda, in which an edition stands
-- exactly while it may send and something of it waits in that lane. Gives the records as they were written.
local function conclude(state)
  local texts = write_draft()
  for lane, queue in pairs(DUE) do
    local first = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
    if state.status == 'armed' and first[2] then
      redis.call('ZADD', AGENDA[lane], math.max(tonumber(first[2]), state.hold_until), EDITION)
    else
      redis.call('ZREM', AGENDA[lane], EDITION)
    end
  end
  return texts
end
