-- claim: take due messages of one edition in hand.
--
-- ARGV  2 lane   3 token   4 how many at most   5 lease in ms   6 letters a second   7 a day   8 connections (0: any)
--       9 the slot of this worker among the connections   10 what its journal knows: <ledger>:<passages>, or ""
-- returns the claimed messages as JSON, like ones together: [due, until or "", generation, tries, losses, [fields]]; to
-- the same token those it still holds; "" when nothing is due; false when the relay is closed to this lane, whatever is
--
-- What is past its keep_for, or barred by a suppression, is skipped here. A suspect (it was in a lost worker's batch)
-- comes alone, so that a poison mail can only be blamed for its own losses.

local lane, token, limit = ARGV[2], ARGV[3], tonumber(ARGV[4])
local lease = real + tonumber(ARGV[5])

-- Each cohort in hand as the worker gets to know it.
local function told(cohorts)
  local words = {}
  for i, cohort in ipairs(cohorts) do
    local r = cohort.record
    words[i] = { r.due, r['until'] or '', r.generation, r.tries or 0, r.losses or 0, cohort.fields }
  end
  return #words > 0 and cjson.encode(words) or ''
end

local function held_of(fields)
  local held = {}
  for _, cohort in ipairs(cohorts_of(fields)) do
    if cohort.record and cohort.record.token == token then held[#held + 1] = cohort end
  end
  return told(held)
end

local known = redis.call('GET', CLAIM)
if known then return held_of(cjson.decode(known)) end

if not is_known(ARGV[10]) then return false end
local state = campaign()
local notes, connections, slot = relay_notes(), tonumber(ARGV[8]), ARGV[9]
if notes.paused or closed_for(notes) > 0 then return false end
local every = interval(notes, tonumber(ARGV[6]))
limit = room_to_claim(notes, lane, every, tonumber(ARGV[7]), limit)
if limit < 1 or (connections > 0 and not may_connect(notes, lane, connections, slot)) then return false end
local on_trial = number(notes.failures) > 0 -- after the breaker's wait one worker tries with one letter
if on_trial then limit = 1 end
if state.status ~= 'armed' or state.hold_until > now then return '' end

local batch, taken = {}, {}

local function take(cohort)
  cohort.record.token = token
  if not move(state, cohort, 'claimed', 'due', nil, lease) then return end
  taken[#taken + 1] = cohort
  for _, field in ipairs(cohort.fields) do batch[#batch + 1] = field end
end

local function skip(cohort, reason)
  cohort.record.due = nil
  move(state, cohort, 'skipped', reason)
end

local due = redis.call('ZRANGEBYSCORE', DUE[lane], '-inf', now, 'LIMIT', 0, limit)

-- Whose messages among these a suppression bars, by field: most people were never spoken of by any.
local function barred(fields)
  local people, found = {}, {}
  if redis.call('EXISTS', PRINTS) == 0 then return found end
  for i, field in ipairs(fields) do people[i] = person_of(field) end
  for i, print in ipairs(ask('HMGET', PRINTS, people)) do
    for scope in string.gmatch(print and policy(state, step_of(fields[i])).barred_by or '', '%S+') do
      if in_force(redis.call('HGET', SUPPRESSIONS, print .. '/' .. scope)) then found[fields[i]] = true end
    end
  end
  return found
end

-- Those of a cohort that a suppression bars are skipped; gives the others, as a cohort.
local function admitted(cohort, suppressed)
  local fields, out = {}, {}
  for _, field in ipairs(cohort.fields) do
    local into = suppressed[field] and out or fields
    into[#into + 1] = field
  end
  if #out == 0 then return cohort end
  skip(part_from(cohort, out), 'suppressed')
  return #fields > 0 and part_from(cohort, fields) or nil
end

local suppressed = barred(due)
for _, cohort in ipairs(cohorts_of(due)) do
  local record = cohort.record
  if record.generation ~= state.generation then -- a plan is being written; its next chunk names these
    stand(DUE[lane], cohort.fields, now + 2000)
  elseif record['until'] and record['until'] < now then
    skip(cohort, 'expired')
  else
    local left = admitted(cohort, suppressed)
    if left and not record.suspect then
      take(left)
    elseif left and #batch == 0 then
      take(part_from(left, { left.fields[1] }))
      break
    end
  end
end

if #batch == 1 then taken[1].record.alone = true end
conclude(state)
if #batch > 0 then
  redis.call('SET', CLAIM, cjson.encode(batch), 'PX', 60000)
  if every then spend(notes, 'paced', every, PACE.burst, #batch) end
  if connections > 0 then hold_slot(slot) end
  if on_trial then redis.call('HSET', RELAY, 'trial', token, 'closed_until', real + PACE.trial) end
end
return told(taken)
