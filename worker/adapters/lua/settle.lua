-- settle: record what became of messages, for whoever still holds their token.
--
-- ARGV  2 settlements as JSON: [field, token, state, reason, due or "", reply]
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

local function give_back(token, before, after, reason)
  local of_the_relay = reason == 'relay_down' or reason == 'relay_paused' or after == 'deferred' or after == 'bounced'
  if of_the_relay or not (WAITING[after] or after == 'skipped' or after == 'dead') then return end
  unclaimed, tokens[token] = unclaimed + 1, true
  if before == 'sending' then unsent = unsent + 1 end
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

local function settle(field, record, after, reason, due, reply)
  if after == 'in_doubt' then return doubt(state, field, record, reason, reply) end
  if after == 'deferred' then record.tries = (record.tries or 0) + 1 end
  if WAITING[after] then
    record.settled = record.token
    return wait(state, field, record, after, reason, due, reply)
  end
  record.due = nil
  answered = answered or after == 'sent'
  return move(state, field, record, after, reason, reply)
end

local settlements, fields = cjson.decode(ARGV[2]), {}
for i, item in ipairs(settlements) do fields[i] = item[1] end
local records = read_all(fields)
for i, item in ipairs(settlements) do
  local field, token, after = item[1], item[2], item[3]
  local record = records[field]
  local repeated = record and record.state == after and (record.token == token or record.settled == token)
  if repeated then
    answers[i] = 1
  elseif record and record.token == token and HELD[record.state] then
    local before = record.state
    local done = settle(field, record, after, item[4], tonumber(item[5]) or now, item[6])
    if done and before ~= 'in_doubt' then give_back(token, before, after, item[4]) end
    answers[i] = done and 1 or 0
  elseif record and tells_of_earlier_try(record, after) and record.doubted[token] then
    answers[i] = settle(field, record, after, item[4], now, item[6]) and 1 or 0
  else
    if record and record.reaped == token then -- slow, not lost: the relay is to blame, not the message
      record.losses, record.suspect, record.reaped = math.max((record.losses or 0) - 1, 0), nil, nil
      note(field, record)
    end
    answers[i] = 0
  end
end
if answered then redis.call('HDEL', RELAY, 'failures', 'closed_until', 'trial') end
if unclaimed > 0 then return_to_limits() end
conclude(state)
return answers
