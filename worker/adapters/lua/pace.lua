-- pace: how much the relay may be given now, for all workers together. Stands behind the prelude where that matters.
--
-- The sums are those of domain/pace.py, slowdown.py and budget.py, and one contract asks both. Their numbers come
-- as PACE. Without limits and complaints nothing but the RELAY hash is read, and nothing written.

local NOTES = { 'paused', 'closed_until', 'failures', 'trial', 'paced', 'passed', 'day', 'slow_rate', 'slow_ceiling', 'slow_at',
  'slow_since', 'slow_token', 'fewer', 'fewer_at', 'fewer_token', 'crowded' }

local function relay_notes()
  local notes = {}
  for i, value in ipairs(redis.call('HMGET', RELAY, unpack(NOTES))) do notes[NOTES[i]] = value or nil end
  return notes
end

local function number(text) return tonumber(text or 0) end

-- A moment of the future that is further off than it can be comes from a clock that was put back since.
local function closed_for(notes)
  local left = number(notes.closed_until) - real
  return left <= PACE.longest_wait and math.max(left, 0) or 0
end

local function slowed_to(notes)
  if not notes.slow_rate then return nil end
  local grown = notes.slow_rate + notes.slow_ceiling * math.abs(real - notes.slow_at) / PACE.recovery
  return grown < number(notes.slow_ceiling) and grown or nil
end

-- ms between two letters; nil when they need not be counted
local function interval(notes, per_second)
  local rate = slowed_to(notes)
  if not rate or (per_second > 0 and per_second < rate) then rate = per_second end
  return rate > 0 and 1000 / rate or nil
end

local function depth(every, burst) return math.max(burst, every * burst / PACE.burst) end

local function note_spent(notes, name, spent_until)
  notes[name] = string.format('%.3f', spent_until)
  redis.call('HSET', RELAY, name, notes[name])
end

-- Never further off than an empty bucket, which is written down: a clock that is put back must not close the relay
-- for hours.
local function busy_until(notes, name, deep)
  if number(notes[name]) > real + deep then note_spent(notes, name, real + deep) end
  return math.max(number(notes[name]), real)
end

local function room(notes, name, every, burst)
  local deep = depth(every, burst)
  return math.floor((real + deep - busy_until(notes, name, deep)) / every + 0.001)
end

local function spend(notes, name, every, burst, letters)
  note_spent(notes, name, busy_until(notes, name, depth(every, burst)) + letters * every)
end

local function quarter() return math.floor(real / PACE.quarter) end

local function day(notes)
  local kept, total = {}, 0
  for name, letters in pairs(cjson.decode(notes.day or '{}')) do
    if math.abs(quarter() - name) <= PACE.quarters then
      kept[name], total = letters, total + letters
    end
  end
  return kept, total
end

local function spend_day(notes, letters)
  local kept, name = day(notes), tostring(quarter())
  if letters < 0 and number(kept[name]) == 0 then name = tostring(quarter() - 1) end
  kept[name] = math.max(number(kept[name]) + letters, 0)
  redis.call('HSET', RELAY, 'day', cjson.encode(kept))
end

-- how many letters may pass the gate now
local function room_at_gate(notes, every, per_day)
  local free = every and room(notes, 'passed', every, PACE.gate_burst) or math.huge
  if per_day > 0 then
    local _, spent = day(notes)
    free = math.min(free, per_day - spent)
  end
  return free
end

local function urgent_waits() return redis.call('ZCOUNT', AGENDA.urgent, '-inf', now) > 0 end

-- how many letters of a lane may be claimed now: while the other lane is urgent, a batch of room is left to it
local function room_to_claim(notes, lane, every, per_day, batch)
  local free = room_at_gate(notes, every, per_day)
  if every then free = math.min(free, room(notes, 'paced', every, PACE.burst)) end
  if lane == 'campaign' and free < 2 * batch and urgent_waits() then free = free - batch end
  return math.min(free, batch)
end

local function lines_allowed(notes, connections)
  if not notes.fewer then return connections end
  return math.min(connections, notes.fewer + math.floor(math.abs(real - notes.fewer_at) / PACE.line_back))
end

local function lines_in_use() return redis.call('ZCOUNT', SLOTS, '(' .. real, real + PACE.slot) end

local function holds_until(slot)
  local ends = number(redis.call('ZSCORE', SLOTS, slot) or 0)
  return ends <= real + PACE.slot and ends or 0
end

-- A worker with several connections has a slot for each; the further ones are named after the first.
local function beside(slot, n) return slot .. '+' .. n end

local function leave_slots(slot, first)
  for n = first, PACE.most_abreast do redis.call('ZREM', SLOTS, n == 1 and slot or beside(slot, n)) end
end

-- Whether this worker may be on the line: it holds a slot or there is a free one; the last one is the urgent lane's
-- while that waits. Who may not gives its slots back, and is known to wait: nobody has two meanwhile.
local function may_connect(notes, lane, connections, slot)
  local held = holds_until(slot) > real
  local used = lines_in_use() + (held and 0 or 1)
  local allowed = lines_allowed(notes, connections)
  if used < allowed or (used == allowed and not (lane == 'campaign' and urgent_waits())) then return true end
  if held then leave_slots(slot, 1) end
  redis.call('HSET', RELAY, 'crowded', real)
  return false
end

local function hold_slot(slot)
  redis.call('ZREMRANGEBYSCORE', SLOTS, '-inf', real)
  redis.call('ZREMRANGEBYSCORE', SLOTS, '(' .. (real + PACE.slot), '+inf')
  redis.call('ZADD', SLOTS, real + PACE.slot, slot)
end

-- for a worker at a gate: it is still on the line
local function keep_slot(slot)
  local ends = holds_until(slot)
  if ends <= 0 or ends >= real + PACE.slot / 2 then return end
  redis.call('ZADD', SLOTS, real + PACE.slot, slot)
  for n = 2, PACE.most_abreast do redis.call('ZADD', SLOTS, 'XX', real + PACE.slot, beside(slot, n)) end
end
