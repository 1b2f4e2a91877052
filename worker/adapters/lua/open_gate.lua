-- open_gate: the last gate, durable just before the final dot. Each message either begins `sending` or is told why not.
--
-- ARGV  2 lease in ms (longer than the wait for the final reply)
--       3 openings as JSON: [field, token, last good moment or "", [fields of suppressions that forbid it],
--         mails that its reader may get today or nothing]
--       4 letters a second   5 a day (0: any)   6 the slot of this worker among the connections, or ""
--       7 what its journal knows: <ledger>:<passages>, or ""
-- KEYS  17 the rations of the day: person -> keys of the mails that passed, side by side
-- returns how many passages the ledger counts, then one word for each opening: "" for open, otherwise the reason
--
-- A repeat of the call (the client retries) finds its own token in `sending` and is let through again.

local lease, openings = tonumber(ARGV[2]), cjson.decode(ARGV[3])
local state = campaign()
local notes, per_day, answers, passed = relay_notes(), tonumber(ARGV[5]), {}, 0
local every = interval(notes, tonumber(ARGV[4]))
local free = room_at_gate(notes, every, per_day)
local known = is_known(ARGV[7])

local fields, members, scopes = {}, {}, {}
for i, opening in ipairs(openings) do
  fields[i], members[i] = opening[1], EDITION .. '.' .. opening[1]
  for _, scope in ipairs(opening[4]) do scopes[#scopes + 1] = scope end
end
local records, leases, standing = read_all(fields), ask('ZMSCORE', LEASES, members), {}
for i, found in ipairs(ask('HMGET', SUPPRESSIONS, scopes)) do
  standing[scopes[i]] = in_force(found)
end

local function suppressed(forbidden_by)
  for _, scope in ipairs(forbidden_by) do
    if standing[scope] then return true end
  end
  return false
end

-- Read and written once a call, for whoever's ration is asked about. Three days outlast the day in every zone.
local RATIONS, rations, passing = KEYS[17], {}, {}

local function read_rations()
  local people = {}
  for _, opening in ipairs(openings) do
    if opening[5] then table.insert(people, string.match(opening[1], '[^.]+$')) end
  end
  for i, mails in ipairs(ask('HMGET', RATIONS, people)) do rations[people[i]] = mails or '' end
end

local function write_rations()
  if #passing == 0 then return end
  redis.call('HSET', RATIONS, unpack(passing))
  redis.call('EXPIRE', RATIONS, 259200)
end

-- What this person got today, and whether this mail is among it: once passed, it passes again.
local function ration(field)
  local person, key = string.match(field, '[^.]+$'), EDITION .. '.' .. field
  local before = rations[person]
  return person, key, before, string.find(' ' .. before .. ' ', ' ' .. key .. ' ', 1, true)
end

local function has_enough(field, mails)
  if not mails then return false end
  local _, _, before, again = ration(field)
  return not again and select(2, string.gsub(before, '%S+', '')) >= mails
end

local function take_ration(field)
  local person, key, before, again = ration(field)
  if again then return end
  rations[person] = before == '' and key or before .. ' ' .. key
  table.insert(passing, person)
  table.insert(passing, rations[person])
end

local function hindrance(field, record, token, leased_until, not_after, forbidden_by, mails)
  if not known then return 'ledger_held' end
  if not record or record.token ~= token or record.state ~= 'claimed' then return 'lease_lost' end
  if tonumber(leased_until or 0) <= real then return 'lease_lost' end
  if record.generation ~= state.generation then return 'stale' end
  if state.status == 'paused' or notes.paused then return 'paused' end
  if state.status ~= 'armed' then return 'cancelled' end
  if state.hold_until > now or record.due > now then return 'stale' end
  if record['until'] and record['until'] < now then return 'expired' end
  if not_after and not_after < now then return 'outside_window' end
  if suppressed(forbidden_by) then return 'suppressed' end
  if has_enough(field, mails) then return 'one_a_day' end
  return passed < free and '' or 'limited'
end

read_rations()
for i, opening in ipairs(openings) do
  local field, token = opening[1], opening[2]
  local record = records[field]
  if known and record and record.state == 'sending' and record.token == token then
    answers[i] = ''
  else
    answers[i] = hindrance(field, record, token, leases[i], tonumber(opening[3]), opening[4], opening[5])
    if answers[i] == '' and move(state, field, record, 'sending', 'gate', nil, lease) then
      passed = passed + 1
      if opening[5] then take_ration(field) end
    end
  end
end
write_rations()
write_draft()
if passed > 0 and every then spend(notes, 'passed', every, PACE.gate_burst, passed) end
if passed > 0 and per_day > 0 then spend_day(notes, passed) end
if ARGV[6] ~= '' then keep_slot(ARGV[6]) end
table.insert(answers, 1, redis.call('HINCRBY', LEDGER, 'sequence', passed))
return answers
