-- relay_lines: how many connections this worker may have beside each other, each in a slot of its own
--
-- ARGV  2 connections of all workers together   3 the slot of this worker   4 how many it would like
-- returns how many: at least the one it has by its claim
--
-- None is taken beside the first while another worker waits for its own; nor is the last one, while what is urgent
-- waits.

local notes, connections, slot, wanted = relay_notes(), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])

local held = 0
for n = 2, PACE.most_abreast do
  if holds_until(beside(slot, n)) > real then held = held + 1 end
end

local free = lines_allowed(notes, connections) - (lines_in_use() - held) - (urgent_waits() and 1 or 0)
if math.abs(real - number(notes.crowded)) < PACE.slot then free = 0 end
local granted = 1 + math.max(0, math.min(wanted - 1, free))

for n = 2, granted do
  if holds_until(beside(slot, n)) < real + PACE.slot / 2 then hold_slot(beside(slot, n)) end
end
if held >= granted then leave_slots(slot, granted + 1) end
return granted
