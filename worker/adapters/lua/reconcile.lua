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

local function bring(field, record, target)
  while record.state ~= target do
    local step = ARRIVED[record.state] and target or ON_THE_WAY[record.state]
    if not step then return false end
    if step == 'scheduled' then record.due = record.due or now end
    if step ~= 'scheduled' then record.token = 'journal' end
    if not move(state, field, record, step, ARGV[3], nil, 1000) then return false end
  end
  return true
end

for _, finding in ipairs(cjson.decode(ARGV[2])) do
  local field, target = finding[1], finding[2]
  local record = read(field)
  if not record then
    record = { generation = state.generation, due = now }
    move(state, field, record, 'scheduled', ARGV[3])
  end
  if record.state ~= target and bring(field, record, target) then moved = moved + 1 end
end
conclude(state)
return moved
