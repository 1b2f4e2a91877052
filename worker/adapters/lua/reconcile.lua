-- reconcile: bring an older ledger up to what was written down beside it.
--
-- ARGV  2 findings as JSON: [field, state]   3 reason
-- returns how many messages moved; a repeat moves none
--
-- Each walks the ordinary way to where it was, a ledger entry a step; one that this ledger never planned is
-- recorded too, so that a later plan does not send it again.

local ON_THE_WAY = { skipped = 'scheduled', dead = 'scheduled', scheduled = 'claimed', deferred = 'claimed', claimed = 'sending' }
local ARRIVED = { sending = true, in_doubt = true, sent = true } -- from here the finding itself is the next step
local state, moved = campaign(), 0

local function bring(cohort, target)
  local record = cohort.record
  while record.state ~= target do
    local step = ARRIVED[record.state] and target or ON_THE_WAY[record.state]
    if not step then return false end
    if step == 'scheduled' then record.due = record.due or now end
    if step ~= 'scheduled' then record.token = 'journal' end
    if not move(state, cohort, step, ARGV[3], nil, real + 1000) then return false end
  end
  return true
end

for _, finding in ipairs(cjson.decode(ARGV[2])) do
  local cohort, target = only(finding[1]), finding[2]
  if not cohort.record then
    cohort.record = { generation = state.generation, due = now }
    move(state, cohort, 'scheduled', ARGV[3])
  end
  if cohort.record.state ~= target and bring(cohort, target) then moved = moved + 1 end
end
conclude(state)
return moved
