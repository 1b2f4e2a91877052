-- settle: record what became of messages, for whoever still holds their token.
--
-- ARGV  2 settlements as JSON, like ones together: [token, state, reason, due or "", [fields], [replies]]
--       3 letters a second   4 a day (0: any)
-- returns 1 for each settlement recorded (now or by an earlier call), 0 where the token holds nothing
--
-- A worker believed dead may come back with the relay's answer: nobody else touched a message in doubt, so
-- the unchanged token may still settle it; so may the token of a try in doubt, until the next one passes its gate.

local state = campaign()
local answers = {}
local HELD = { claimed = true, sending = true, in_doubt = true }

local answered = false -- by the relay, and well: the breaker closes
local unclaimed, unsent, tokens = 0, 0, {} -- what the relay never heard of does not count for its limits

local function give_back(token, before, after, reason, messages)
  local of_the_relay = reason == 'relay_down' or reason == 'relay_paused' or after == 'deferred' or after == 'bounced'
  if of_the_relay or not (WAITING[after] or after == 'skipped' or after == 'dead') then return end
  unclaimed, tokens[token] = unclaimed + messages, true
  if before == 'sending' then unsent = unsent + messages end
end

local function return_to_limits()
  local notes, per_day = relay_notes(), tonumber(ARGV[4])
  local every = interval(notes, tonumber(ARGV[3]))
  if every then spend(notes, 'paced', every, PACE.burst, -unclaimed) end
  if every and unsent > 0 then spend(notes, 'passed', every, PACE.gate_burst, -unsent) end
  if per_day > 0 and unsent > 0 then spend_day(notes, -unsent) end
  if notes.trial and tokens[notes.trial] then -- the trial letter never got to the relay: another may try
    redis.call('HSET', RELAY, 'closed_until', real)
    redis.call('HDEL', RELAY, 'trial')
  end
end

local function settle(cohort, after, reason, due, reply)
  local record = cohort.record
  if after == 'in_doubt' then return doubt(state, cohort, reason, reply) end
  if after == 'deferred' then record.tries = (record.tries or 0) + 1 end
  if WAITING[after] then
    record.settled = record.token
    return wait(state, cohort, after, reason, due, reply)
  end
  record.due = nil
  answered = answered or after == 'sent'
  return move(state, cohort, after, reason, reply)
end

local function is_recorded(cohort, token, after, reason, due, reply)
  local record = cohort.record
  local repeated = record and record.state == after and (record.token == token or record.settled == token)
  if repeated then
    return true
  elseif record and record.token == token and HELD[record.state] then
    local before = record.state
    local done = settle(cohort, after, reason, due, reply)
    if done and before ~= 'in_doubt' then give_back(token, before, after, reason, #cohort.fields) end
    return done
  elseif record and tells_of_earlier_try(record, after) and record.doubted[token] then
    return settle(cohort, after, reason, now, reply)
  end
  if record and record.reaped == token then -- slow, not lost: the relay is to blame, not the message
    record.losses, record.suspect, record.reaped = math.max((record.losses or 0) - 1, 0), nil, nil
    note(cohort)
  end
  return false
end

for _, run in ipairs(cjson.decode(ARGV[2])) do
  local token, after, reason, due, fields, replies = unpack(run)
  local recorded = {}
  for _, cohort in ipairs(cohorts_of(fields, replies)) do
    local done = is_recorded(cohort, token, after, reason, tonumber(due) or now, cohort.apart)
    for _, field in ipairs(cohort.fields) do recorded[field] = done and 1 or 0 end
  end
  for _, field in ipairs(fields) do answers[#answers + 1] = recorded[field] end
end
if answered then redis.call('HDEL', RELAY, 'failures', 'closed_until', 'trial') end
if unclaimed > 0 then return_to_limits() end
conclude(state)
return answers
