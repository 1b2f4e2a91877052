-- count_moves: add the moves of an edition that were entered since the last call to the sums of all moves.
--
-- KEYS  17 moves   18 moves-counted
-- ARGV  2 how many entries at most
-- returns how many were counted
--
-- Sums and the mark of the last entry counted change together, so whoever asks, and however often, counts each once.

local SUMS, COUNTED = KEYS[17], KEYS[18]
local last = redis.call('HGET', COUNTED, EDITION)
local page = redis.call('XRANGE', ENTRIES, last and '(' .. last or '-', '+', 'COUNT', ARGV[2])
local sums = {}

for _, entry in ipairs(page) do
  local words = entry[2]
  local field = {}
  for i = 1, #words, 2 do field[words[i]] = words[i + 1] end
  local step = string.gsub(string.match(field.m, '^([^.]+)'), '%-%d+$', '')
  local name = step .. ':' .. field.a .. ':' .. field.r
  sums[name] = (sums[name] or 0) + 1
end
for name, number in pairs(sums) do redis.call('HINCRBY', SUMS, name, number) end
if #page > 0 then redis.call('HSET', COUNTED, EDITION, page[#page][1]) end
return #page
