-- steer: record an organizer's decision about a campaign; a campaign that may not send leaves the agenda.
--
-- ARGV  2 status   3 hold_until or ""   4 ended_at or ""   5 because   6-9 the same four as they were read, or none
-- returns 1, or 0 when somebody else decided meanwhile (a repeat of the call finds its own decision: 1)

local kept = redis.call('HMGET', CAMPAIGN, 'status', 'hold_until', 'ended_at', 'because')
local NOTHING = { 'draft', '', '', '' }

local function stands(first)
  for i = 1, 4 do
    if (kept[i] or NOTHING[i]) ~= ARGV[first + i - 1] then return false end
  end
  return true
end

if ARGV[6] and not stands(6) and not stands(2) then return 0 end
redis.call('HSET', CAMPAIGN, 'status', ARGV[2], 'hold_until', ARGV[3], 'ended_at', ARGV[4], 'because', ARGV[5])
conclude(campaign())
return 1
