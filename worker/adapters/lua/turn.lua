-- turn: settle one group and open the gate of the next: one round trip, one write to disk.
--
-- ARGV  2 settlements as in settle.lua   3 lease in ms   4 openings as in open_gate.lua
--       5 letters a second   6 a day (0: any)   7 the slot of this worker among the connections, or ""
--       8 what its journal knows: <ledger>:<passages>, or ""
-- returns the answers of both; scripts.py writes the two scripts in front of this one, as functions
--
-- The settlements come first, so the gate judges by what the group before has taught.

local settled = settle({ EDITION, ARGV[2], ARGV[5], ARGV[6] })
local opened = open_gate({ EDITION, ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8] })
return { settled, opened }
