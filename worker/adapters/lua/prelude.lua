-- prelude: stands before every script; gives the keys their names, and says what campaign and ledger are like.
-- Behind it stand draft.lua and moves.lua.
--
-- KEYS    1 clock   2 leases   3 relay   4 suppressions   5 agenda:urgent   6 agenda:campaign   7 claim:<token>
--         8 campaign   9 messages   10 counts   11 entries   12 due:urgent   13 due:campaign   14 slots
--         15 ledger   16 prints                                                                        (see keys.py)
-- ARGV    1 edition, always; the rest belongs to the script
-- ALLOWED is written in front of this file from domain/lifecycle.py: ALLOWED[before][after]
--
-- Moments are ms. "now" is the ledger's clock (mapped); "real" is the server's, for leases and the breaker.

local CLOCK, LEASES, RELAY, SUPPRESSIONS, CLAIM = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[7]
local CAMPAIGN, MESSAGES, COUNTS, ENTRIES, SLOTS = KEYS[8], KEYS[9], KEYS[10], KEYS[11], KEYS[14]
local LEDGER, PRINTS = KEYS[15], KEYS[16]
local AGENDA = { urgent = KEYS[5], campaign = KEYS[6] }
local DUE = { urgent = KEYS[12], campaign = KEYS[13] }
local EDITION = ARGV[1]
local WAITING = { scheduled = true, deferred = true }
local IN_HAND = { claimed = true, sending = true }

local time = redis.call('TIME')
local real = time[1] * 1000 + math.floor(time[2] / 1000)
local now = tonumber(redis.call('HGET', CLOCK, 'at') or real)

-- Read once: a turn asks for it twice.
local as_read

local function campaign()
  if as_read then return as_read end
  local fields = redis.call('HMGET', CAMPAIGN, 'status', 'generation', 'hold_until', 'policies')
  as_read = {
    status = fields[1] or 'draft',
    generation = tonumber(fields[2] or 0),
    hold_until = tonumber(fields[3] or 0) or 0,
    rules = fields[4] or '{}',
  }
  return as_read
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

-- The parts of <step>.<person>.
local function step_of(field) return string.match(field, '^[^.]+') end
local function person_of(field) return string.match(field, '^[^.]+%.(.+)$') end

-- How the messages of these fields are named among those of all editions.
local function members_of(fields)
  local members = {}
  for i, field in ipairs(fields) do members[i] = EDITION .. '.' .. field end
  return members
end

-- Read where they are asked for: a mail that passes, or is sent, asks for none.
local function policies(state)
  state.policies = state.policies or cjson.decode(state.rules)
  return state.policies
end

local function policy(state, step)
  local known = policies(state)
  return known[step] or known[string.gsub(step, '%-%d+$', '')] or { lane = 'campaign', doubt = 'hold' }
end

-- Whether a suppression, as its field holds it, has not ended by itself.
local function in_force(suppression)
  return suppression and (tonumber(cjson.decode(suppression).ends) or math.huge) > now
end
