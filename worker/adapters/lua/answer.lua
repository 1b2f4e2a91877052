-- answer: keep what one mail says of a meeting, once.
--
-- KEYS  the last: answers of the meeting
-- ARGV  2 person   3 mail   4 the answer as JSON   5 how many of a person are kept at most
-- returns 1, or 0 when this mail was heard already
--
-- Whoever holds an invitation may answer as often as they like; past the limit their oldest answer is forgotten.

local ANSWERS, person, mail, answer, limit = KEYS[#KEYS], ARGV[2], ARGV[3], cjson.decode(ARGV[4]), tonumber(ARGV[5])
local kept = cjson.decode(redis.call('HGET', ANSWERS, person) or '[]')
for _, one in ipairs(kept) do
  if one.mail == mail then return 0 end
end
kept[#kept + 1] = answer
if #kept > limit then table.remove(kept, 1) end
redis.call('HSET', ANSWERS, person, cjson.encode(kept))
return 1
