-- moves: the one way messages change state, and what follows from it.

-- Of the two lanes one is often empty.
local function may_hold(queue) return draft.standings[queue] or redis.call('EXISTS', queue) == 1 end

-- Where the messages of a cohort stand in the schedule and among the leases follows from their state alone; `before`
-- says where they may have stood until now.
local function place(state, cohort, before, lease)
  local after, waited, due = cohort.record.state, WAITING[before], cohort.record.due
  local lane = WAITING[after] and policy(state, cohort.step).lane
  for name, queue in pairs(DUE) do -- both: the step may have changed its lane
    if name == lane or (waited and may_hold(queue)) then stand(queue, cohort.fields, name == lane and due) end
  end
  if IN_HAND[after] or IN_HAND[before] then stand(LEASES, members_of(cohort.fields), IN_HAND[after] and lease) end
end

-- The one way messages change state: record, schedule, lease (the moment at which it ends), counters and ledger entry
-- together.
local function move(state, cohort, after, reason, reply, lease)
  local record = cohort.record
  local before = record.state
  if before and not ALLOWED[before][after] then return false end
  record.state, record.reason, record.reply = after, reason, reply ~= '' and reply or nil
  place(state, cohort, before, lease)
  note(cohort)
  enter(cohort, before, after, reason, WAITING[after] and record.due or nil, reply)
  return true
end

local function wait(state, cohort, after, reason, due, reply)
  local record = cohort.record
  record.due, record.token, record.alone = due, nil, nil
  record.version, record.then_version = record.then_version or record.version, nil
  if not move(state, cohort, after, reason, reply) then return false end
  if state.status == 'cancelled' then -- nothing waits for ever: what comes back now came too late
    record.due = nil
    move(state, cohort, 'skipped', 'cancelled', reply)
  end
  return true
end

-- A doubt; and, where the step's rule says "again" and it has not said so three times, the next try.
local function doubt(state, cohort, reason, reply)
  local record = cohort.record
  if not move(state, cohort, 'in_doubt', reason, reply) then return false end
  record.doubts, record.doubted = (record.doubts or 0) + 1, record.doubted or {}
  if record.token then record.doubted[record.token] = true end
  if policy(state, cohort.step).doubt == 'again' and record.doubts <= 3 then
    return wait(state, cohort, 'scheduled', 'again', now, reply)
  end
  return true
end

-- What became of an earlier try that was in doubt ends the next one, while that has not passed its gate.
local function tells_of_earlier_try(record, after)
  local open = WAITING[record.state] or record.state == 'claimed'
  return record.doubted and open and (after == 'sent' or after == 'bounced')
end

-- The end of every script that changes the schedule: what it changed, and the agenda, in which an edition stands
-- exactly while it may send and something of it waits in that lane.
local function conclude(state)
  write_draft()
  for lane, queue in pairs(DUE) do
    local first = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
    if state.status == 'armed' and first[2] then
      redis.call('ZADD', AGENDA[lane], math.max(tonumber(first[2]), state.hold_until), EDITION)
    else
      redis.call('ZREM', AGENDA[lane], EDITION)
    end
  end
end
