-- resolve: evidence or a person ends a doubt (also one that goes again), reports a bounce, or brings back the dead.
--
-- ARGV  2 field   3 state   4 reason
-- returns 1 when the message moved, 0 when it was not waiting for a decision

local after, reason = ARGV[3], ARGV[4]
local state, cohort = campaign(), only(ARGV[2])
local record = cohort.record
local OPEN = { in_doubt = true, dead = true, sent = true }
if not record or not ALLOWED[record.state][after] then return 0 end
if not OPEN[record.state] and not tells_of_earlier_try(record, after) then return 0 end

local moved
if WAITING[after] then
  record.losses, record.suspect, record.generation = nil, nil, state.generation
  moved = wait(state, cohort, after, reason, now)
else
  record.due = nil
  moved = move(state, cohort, after, reason, record.reply)
end
conclude(state)
return moved and 1 or 0
