-- claim: take due messages of one edition in hand.
--
-- ARGV  2 lane   3 token   4 how many at most   5 lease in ms
-- returns the claimed messages as [field, record, …]; the same ones again for the same token
--
-- What is past its keep_for is skipped here. A suspect (it was in a lost worker's batch) comes alone, so that
-- a poison mail can only be blamed for its own losses.

local lane, token, limit, lease = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local known = redis.call('GET', CLAIM)
if known then return cjson.decode(known) end

local state = campaign()
local relay = redis.call('HMGET', RELAY, 'paused', 'closed_until')
if relay[1] or tonumber(relay[2] or 0) > real then return {} end
if state.status ~= 'armed' or state.hold_until > now then return {} end

local batch = {}

local function take(field, record)
  record.token = token
  if move(state, field, record, 'claimed', 'due', nil, lease) then batch[#batch + 1] = { field, record } end
end

for _, field in ipairs(redis.call('ZRANGEBYSCORE', DUE[lane], '-inf', now, 'LIMIT', 0, limit)) do
  local record = read(field)
  if record.generation ~= state.generation then
    redis.call('ZADD', DUE[lane], now + 2000, field) -- a plan is being written; its next chunk names this one
  elseif record['until'] and record['until'] < now then
    record.due = nil
    move(state, field, record, 'skipped', 'expired')
  elseif not record.suspect then
    take(field, record)
  elseif #batch == 0 then
    take(field, record)
    break
  end
end

if #batch == 1 then
  local field, record = batch[1][1], batch[1][2]
  record.alone = true
  redis.call('HSET', MESSAGES, field, cjson.encode(record))
end
local taken = {}
for _, pair in ipairs(batch) do
  taken[#taken + 1] = pair[1]
  taken[#taken + 1] = cjson.encode(pair[2])
end
conclude(state)
if #taken > 0 then redis.call('SET', CLAIM, cjson.encode(taken), 'PX', 60000) end
return taken
