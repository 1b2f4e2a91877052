-- claim: take due messages of one edition in hand.
--
-- ARGV  2 lane   3 token   4 how many at most   5 lease in ms   6 letters a second   7 a day   8 connections (0: any)
--       9 the slot of this worker among the connections   10 what its journal knows: <ledger>:<passages>, or ""
-- returns the claimed messages as [field, record, …]; the same ones again for the same token; false when the relay
-- is closed to this lane, whatever is due
--
-- What is past its keep_for, or barred by a suppression, is skipped here. A suspect (it was in a lost worker's batch)
-- comes alone, so that a poison mail can only be blamed for its own losses.

local lane, token, limit, lease = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local known = redis.call('GET', CLAIM)
if known then return cjson.decode(known) end

if not is_known(ARGV[10]) then return false end
local state = campaign()
local notes, connections, slot = relay_notes(), tonumber(ARGV[8]), ARGV[9]
if notes.paused or closed_for(notes) > 0 then return false end
local every = interval(notes, tonumber(ARGV[6]))
limit = room_to_claim(notes, lane, every, tonumber(ARGV[7]), limit)
if limit < 1 or (connections > 0 and not may_connect(notes, lane, connections, slot)) then return false end
local on_trial = number(notes.failures) > 0 -- after the breaker's wait one worker tries with one letter
if on_trial then limit = 1 end
if state.status ~= 'armed' or state.hold_until > now then return {} end

local batch = {}

local function take(field, record)
  record.token = token
  if move(state, field, record, 'claimed', 'due', nil, lease) then batch[#batch + 1] = field end
end

local due = redis.call('ZRANGEBYSCORE', DUE[lane], '-inf', now, 'LIMIT', 0, limit)

-- Whose messages among these a suppression bars, by field: most people were never spoken of by any.
local function barred(fields)
  local people, found = {}, {}
  if redis.call('EXISTS', PRINTS) == 0 then return found end
  for i, field in ipairs(fields) do people[i] = string.match(field, '[^.]+$') end
  for i, print in ipairs(ask('HMGET', PRINTS, people)) do
    for scope in string.gmatch(print and policy(state, fields[i]).barred_by or '', '%S+') do
      if in_force(redis.call('HGET', SUPPRESSIONS, print .. '/' .. scope)) then found[fields[i]] = true end
    end
  end
  return found
end

local records, suppressed = read_all(due), barred(due)
for _, field in ipairs(due) do
  local record = records[field]
  if record.generation ~= state.generation then
    stand(DUE[lane], field, now + 2000) -- a plan is being written; its next chunk names this one
  elseif record['until'] and record['until'] < now then
    record.due = nil
    move(state, field, record, 'skipped', 'expired')
  elseif suppressed[field] then
    record.due = nil
    move(state, field, record, 'skipped', 'suppressed')
  elseif not record.suspect then
    take(field, record)
  elseif #batch == 0 then
    take(field, record)
    break
  end
end

if #batch == 1 then records[batch[1]].alone = true end
local texts, taken = conclude(state), {}
for _, field in ipairs(batch) do
  taken[#taken + 1], taken[#taken + 2] = field, texts[field]
end
if #taken > 0 then
  redis.call('SET', CLAIM, cjson.encode(taken), 'PX', 60000)
  if every then spend(notes, 'paced', every, PACE.burst, #batch) end
  if connections > 0 then hold_slot(slot) end
  if on_trial then redis.call('HSET', RELAY, 'trial', token, 'closed_until', real + PACE.trial) end
end
return taken
