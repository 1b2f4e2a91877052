-- prelude: stands before every script; gives the keys their names and holds the one way a message moves.
--
-- KEYS    1 clock   2 leases   3 relay   4 suppressions   5 agenda:urgent   6 agenda:campaign   7 claim:<token>
--         8 campaign   9 messages   10 counts   11 entries   12 due:urgent   13 due:campaign   14 slots
--         15 ledger                                                                                    (see keys.py)
-- ARGV    1 edition, always; the rest belongs to the script
-- ALLOWED is written in front of this file from domain/lifecycle.py: ALLOWED[before][after]
--
-- Moments are ms. "now" is the ledger's clock (mapped); "real" is the server's, for leases and the breaker.

local CLOCK, LEASES, RELAY, SUPPRESSIONS, CLAIM = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[7]
local CAMPAIGN, MESSAGES, COUNTS, ENTRIES, SLOTS = KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[14]
local LEDGER = KEYS[15]
local AGENDA = { urgent = KEYS[5], campaign = KEYS[6] }
local DUE = { urgent = KEYS[12], campaign = KEYS[13] }
local EDITION = ARGV[1]
local WAITING = { scheduled = true, deferred = true }
local IN_HAND = { claimed = true, sending = true }

local time = redis.call('TIME')
local real = time[1] * 1000 + math.floor(time[2] / 1000)
local now = tonumber(redis.call('HGET', CLOCK, 'at') or real)

local function campaign()
  local fields = redis.call('HMGET', CAMPAIGN, 'status', 'generation', 'hold_until', 'policies')
  return {
    status = fields[1] or 'draft',
    generation = tonumber(fields[2] or 0),
    hold_until = tonumber(fields[3] or 0) or 0,
    policies = cjson.decode(fields[4] or '{}'),
  }
end

-- Whether this is the ledger that the caller's journal knows, and not an older or another one. Where it is not,
-- nobody sends until it has been reconciled. A ledger taken for another one remembers by whom: after that such a
-- worker is told nothing more until it has opened a journal of this one.
local function is_known(mark)
  local ledger = redis.call('HMGET', LEDGER, 'id', 'sequence', 'held')
  if ledger[3] then return false end
  local id, sequence = string.match(mark, '^(%w+):(%d+)$')
  if not id or (ledger[1] == id and tonumber(ledger[2] or 0) >= tonumber(sequence)) then return true end
  if ledger[1] == id then
    redis.call('HSET', LEDGER, 'held', 'older')
  elseif redis.call('HSET', LEDGER, 'mistaken_by:' .. id, 1) == 1 then
    redis.call('HSET', LEDGER, 'held', 'other')
  end
  return false
end

local function policy(state, field)
  local step = string.match(field, '^([^.]+)')
  return state.policies[step] or state.policies[string.gsub(step, '%-%d+$', '')] or { lane = 'campaign', doubt = 'hold' }
end

local function read(field)
  local text = redis.call('HGET', MESSAGES, field)
  return text and cjson.decode(text)
end

local tally = {} -- what moves change in COUNTS, until write_tally

local function count(field, state, by)
  local name = string.match(field, '^([^.]+)') .. ':' .. state
  tally[name] = (tally[name] or 0) + by
end

-- Where the message stands in the schedule and among the leases follows from its state alone; `before` says
-- where it may have stood until now.
local function place(state, field, record, before, lease)
  local waits, held = WAITING[record.state], IN_HAND[record.state]
  local lane = waits and policy(state, field).lane
  for name, queue in pairs(DUE) do -- both: the step may have changed its lane
    if name == lane then
      redis.call('ZADD', queue, record.due, field)
    elseif WAITING[before] then
      redis.call('ZREM', queue, field)
    end
  end
  if held then
    redis.call('ZADD', LEASES, real + lease, EDITION .. '.' .. field)
  elseif IN_HAND[before] then
    redis.call('ZREM', LEASES, EDITION .. '.' .. field)
  end
end

-- The one way a message changes state: record, schedule, lease, counters and ledger entry together.
local function move(state, field, record, after, reason, reply, lease)
  local before = record.state
  if before and not ALLOWED[before][after] then return false end
  record.state, record.reason, record.reply = after, reason, reply ~= '' and reply or nil
  place(state, field, record, before or 'new', lease or 0)
  if before then count(field, before, -1) end
  count(field, after, 1)
  redis.call('HSET', MESSAGES, field, cjson.encode(record))
  local entry = { 'm', field, 'a', after, 'r', reason, 't', now }
  local optional = { b = before, d = WAITING[after] and record.due, s = reply ~= '' and reply }
  for name, value in pairs(optional) do
    if value then entry[#entry + 1], entry[#entry + 2] = name, value end
  end
  redis.call('XADD', ENTRIES, '*', unpack(entry))
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
  redis.call('HSET', MESSAGES, field, cjson.encode(record))
  return true
end

-- What became of an earlier try that was in doubt ends the next one, while that has not passed its gate.
local function tells_of_earlier_try(record, after)
  local open = WAITING[record.state] or record.state == 'claimed'
  return record.doubted and open and (after == 'sent' or after == 'bounced')
end

local function write_tally()
  for name, by in pairs(tally) do
    if by ~= 0 then redis.call('HINCRBY', COUNTS, name, by) end
  end
  tally = {}
end

-- The end of every script that changes the schedule: counters, and the agenda, in which an edition stands
-- exactly while it may send and something of it waits in that lane.
local function conclude(state)
  write_tally()
  for lane, queue in pairs(DUE) do
    local first = redis.call('ZRANGE', queue, 0, 0, 'WITHSCORES')
    if state.status == 'armed' and first[2] then
      redis.call('ZADD', AGENDA[lane], math.max(tonumber(first[2]), state.hold_until), EDITION)
    else
      redis.call('ZREM', AGENDA[lane], EDITION)
    end
  end
end
