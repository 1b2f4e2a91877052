-- consent: chain words of one person or several onto the log of consents, unless it has grown meanwhile.
--
-- KEYS  1 log   2 last words   3 people with records   4… the records of one person, one key each
-- ARGV  1 links of the chain as the caller read it   2 the hash of its last link
--       3 items as JSON: [place of the records' key, person, id, at, digest, before, hash, field, statement, record]
-- returns 1, or 0 when the end of the log is another one (a repeat of the call finds its own links: 1)

local LOG, LAST, PEOPLE = KEYS[1], KEYS[2], KEYS[3]
local number, hash, items = tonumber(ARGV[1]), ARGV[2], cjson.decode(ARGV[3])

local function link(n)
  local found = redis.call('XRANGE', LOG, n .. '-1', n .. '-1')[1]
  if not found then return nil end
  local fields = {}
  for i = 1, #found[2], 2 do fields[found[2][i]] = found[2][i + 1] end
  return fields
end

local before, mine = link(number), link(number + 1)
if mine and mine.hash == items[1][7] then return 1 end
if mine or (number > 0 and (not before or before.hash ~= hash)) then return 0 end

for i, item in ipairs(items) do
  local entry = { 'at', item[4], 'id', item[3], 'digest', item[5], 'before', item[6], 'hash', item[7] }
  redis.call('XADD', LOG, (number + i) .. '-1', unpack(entry))
  redis.call('HSET', LAST, item[8], item[9])
  redis.call('HSET', KEYS[item[1]], item[3], item[10])
  redis.call('SADD', PEOPLE, item[2])
end
return 1
