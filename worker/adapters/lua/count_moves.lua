-- count_moves: add the moves of an edition that were entered since the last call to the sums of all moves.
--
-- KEYS  17 moves   18 moves-counted
-- ARGV  2 how many entries at most
-- returns how many entries were read
--
-- Sums and the mark of the last entry counted change together, so whoever asks, and however often, counts each once.

local SUMS, COUNTED = KEYS[17], KEYS[18]
local last = redis.call('HGET', COUNTED, EDITION)
local page = redis.call('XRANGE', ENTRIES, last and '(' .. last or '-', '+', 'COUNT', ARGV[2])
local sums = {}

local function count(member, shared)
  local step = string.gsub(string.match(member, '^([^.]+)'), '%-%d+$', '')
  local name = step .. ':' .. shared.a .. ':' .. shared.r
  sums[name] = (sums[name] or 0) + 1
end

for _, entry in ipairs(page) do
  local shared, members = {}, {}
  for i = 1, #entry[2], 2 do
    local name, value = entry[2][i], entry[2][i + 1]
    if string.find(name, '.', 1, true) then members[#members + 1] = name else shared[name] = value end
  end
  if shared.m then count(shared.m, shared) end -- as ledgers were written before runs had one entry
  for _, member in ipairs(members) do count(member, shared) end
end
for name, number in pairs(sums) do redis.call('HINCRBY', SUMS, name, number) end
if #page > 0 then redis.call('HSET', COUNTED, EDITION, page[#page][1]) end
return #page
