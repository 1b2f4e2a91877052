-- plan: make the unsent messages of an edition be exactly what the decisions say.
--
-- ARGV  2 generation this plan replaces   3 generation it makes   4 reason   5 policies as JSON
--       6 decisions as JSON: [field, due or "", until or "", reason of not sending or "", version or nothing,
--         reason of this moment or nothing]
-- returns the generation made, or -1 when another plan came first (read again, decide again)
--
-- A long plan comes in several calls: the first has ARGV 2 < 3, the others 2 == 3. Meanwhile claim turns
-- away every message of an older generation, so nobody acts on half a plan.

local expected, generation, reason = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local state = campaign()
if state.generation ~= expected then return -1 end
for step, rule in pairs(cjson.decode(ARGV[5])) do policies(state)[step] = rule end
redis.call('HSET', CAMPAIGN, 'generation', generation, 'policies', cjson.encode(policies(state)))

local function refuse(cohort, why)
  local record = cohort.record
  if record.state == 'skipped' and (record.reason == why or record.reason == 'erased') then return end
  record.token, record.due = nil, nil
  move(state, cohort, 'skipped', why)
end

local function keep(cohort, due, till, version, because)
  local record = cohort.record
  local same = WAITING[record.state] and record.due == due and record['until'] == till
  local later = record.state == 'deferred' and due <= record.due
  record['until'], record.generation, record.version, record.then_version = till, generation, version, nil
  if same or later then
    place(state, cohort, record.state)
    note(cohort)
  else
    wait(state, cohort, 'scheduled', because or reason, due)
  end
end

for _, decision in ipairs(cjson.decode(ARGV[6])) do
  local due, till, why = tonumber(decision[2]), tonumber(decision[3]), decision[4]
  local cohort = only(decision[1])
  cohort.record = cohort.record or { generation = generation }
  local record = cohort.record
  local open = not record.state or WAITING[record.state] or record.state == 'claimed' or record.state == 'skipped'
  if open and why ~= '' then
    record.generation = generation
    refuse(cohort, why)
  elseif open then
    keep(cohort, due, till, decision[5], decision[6])
  elseif record.state == 'sending' or record.state == 'in_doubt' then
    record.generation = generation -- if it comes back to the schedule, it comes back under this plan
    if why == '' then record['until'], record.then_version = till, decision[5] end
    note(cohort)
  end
end
conclude(state)
return generation
