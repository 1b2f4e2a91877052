-- suppress: do not write to this address; what stands is kept, unless this one is the person's own act and that is not.
--
-- KEYS  1 suppressions
-- ARGV  1 field   2 the suppression as JSON   3… causes that are the person's own act
-- returns 1 when it stands now

local standing = redis.call('HGET', KEYS[1], ARGV[1])
local own = {}
for i = 3, #ARGV do own[ARGV[i]] = true end
if standing and (own[cjson.decode(standing).cause] or not own[cjson.decode(ARGV[2]).cause]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1
