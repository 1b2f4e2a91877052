-- open_gate: the last gate, durable just before the final dot. Each message either begins `sending` or is told why not.
--
-- ARGV  2 lease in ms (longer than the wait for the final reply)
--       3 openings as JSON, like ones together: [token, last good moment or "", mails that a reader may get today or
--         0 for any number, [fields], [scopes of which none may be suppressed], [fingerprints of whom the first goes to
--         and names, the second …], [how many of them are whose]]
--       4 letters a second   5 a day (0: any)   6 the slot of this worker among the connections, or ""
--       7 what its journal knows: <ledger>:<passages>, or ""
-- KEYS  17 the rations of the day: person -> keys of the mails that passed, side by side
-- returns how many passages the ledger counts, then one word for each opening: "" for open, otherwise the reason
--
-- A repeat of the call (the client retries) finds its own token in `sending` and is let through again.

local lease = real + tonumber(ARGV[2])
local state = campaign()
local notes, per_day, answers, passed = relay_notes(), tonumber(ARGV[5]), {}, 0
local every = interval(notes, tonumber(ARGV[4]))
local free = room_at_gate(notes, every, per_day)
local known = is_known(ARGV[7])

-- The openings of a run, by their place, that a suppression forbids.
local barred

local function suppressions(scopes, prints)
  local names, named = {}, 0
  for _, print in ipairs(prints) do
    for i, scope in ipairs(scopes) do names[named + i] = print .. '/' .. scope end
    named = named + #scopes
  end
  return ask('HMGET', SUPPRESSIONS, names)
end

local function look_for_barred(scopes, prints, shares)
  barred = {}
  local found, last = suppressions(scopes, prints), 0
  for place, share in ipairs(shares) do
    for i = last + 1, last + share * #scopes do
      if found[i] and in_force(found[i]) then barred[place] = true end
    end
    last = last + share * #scopes
  end
end

-- Read and written once a call, for whoever's ration is asked about. Three days outlast the day in every zone.
local RATIONS, rations, passing = KEYS[17], {}, {}

-- Who a run goes to, and how its messages are named among those of all editions, by their place.
local people, members

local function read_rations(fields)
  people = {}
  for i, field in ipairs(fields) do people[i] = person_of(field) end
  for i, mails in ipairs(ask('HMGET', RATIONS, people)) do
    rations[people[i]] = rations[people[i]] or mails or ''
  end
end

local function write_rations()
  if #passing == 0 then return end
  in_thousands(passing, function(...) redis.call('HSET', RATIONS, ...) end)
  redis.call('EXPIRE', RATIONS, 259200)
end

-- Whether this mail is among those its reader got today: once passed, it passes again.
local function had(mails, member)
  return mails ~= '' and string.find(' ' .. mails .. ' ', ' ' .. member .. ' ', 1, true)
end

local function has_enough(place, most)
  local mails = rations[people[place]]
  return mails ~= '' and not had(mails, members[place]) and select(2, string.gsub(mails, '%S+', '')) >= most
end

local function take_ration(place)
  local person, member = people[place], members[place]
  local mails = rations[person]
  if had(mails, member) then return end
  rations[person] = mails == '' and member or mails .. ' ' .. member
  passing[#passing + 1], passing[#passing + 2] = person, rations[person]
end

-- What keeps a whole cohort from passing, beside its tokens and leases.
local function common_hindrance(record, not_after)
  if record.generation ~= state.generation then return 'stale' end
  if state.status == 'paused' or notes.paused then return 'paused' end
  if state.status ~= 'armed' then return 'cancelled' end
  if state.hold_until > now or record.due > now then return 'stale' end
  if record['until'] and record['until'] < now then return 'expired' end
  if not_after and not_after < now then return 'outside_window' end
  return nil
end

local function hindrance(place, leased_until, common, most)
  if tonumber(leased_until or 0) <= real then return 'lease_lost' end
  if common then return common end
  if barred[place] then return 'suppressed' end
  if most > 0 and has_enough(place, most) then return 'one_a_day' end
  return passed < free and '' or 'limited'
end

-- What is said to all of a cohort, whoever they are.
local function refusal(record, token)
  if not known then return 'ledger_held' end
  if not record or record.token ~= token or record.state ~= 'claimed' then return 'lease_lost' end
  return nil
end

local function open(cohort, words, places, leases, token, not_after, most)
  local record, through = cohort.record, {}
  if known and record and record.state == 'sending' and record.token == token then return end
  local refused = refusal(record, token)
  local common = not refused and common_hindrance(record, not_after)
  for _, field in ipairs(cohort.fields) do
    local place = places[field]
    local word = refused or hindrance(place, leases[place], common, most)
    words[field] = word
    if word == '' then
      through[#through + 1], passed = field, passed + 1
      if most > 0 then take_ration(place) end
    end
  end
  cohort.fields = through
  if #through > 0 and not move(state, cohort, 'sending', 'gate', nil, lease) then error('no move leads through the gate') end
end

local function open_run(token, not_after, most, fields, scopes, prints, shares)
  local places, words = {}, {}
  for i, field in ipairs(fields) do places[field] = i end
  members = members_of(fields)
  look_for_barred(scopes, prints, shares)
  if most > 0 then read_rations(fields) end
  local leases = ask('ZMSCORE', LEASES, members)
  for _, cohort in ipairs(cohorts_of(fields)) do
    open(cohort, words, places, leases, token, tonumber(not_after), most)
  end
  for _, field in ipairs(fields) do answers[#answers + 1] = words[field] or '' end
end

for _, run in ipairs(cjson.decode(ARGV[3])) do open_run(unpack(run)) end
write_rations()
write_draft()
if passed > 0 and every then spend(notes, 'passed', every, PACE.gate_burst, passed) end
if passed > 0 and per_day > 0 then spend_day(notes, passed) end
if ARGV[6] ~= '' then keep_slot(ARGV[6]) end
table.insert(answers, 1, redis.call('HINCRBY', LEDGER, 'sequence', passed))
return answers
