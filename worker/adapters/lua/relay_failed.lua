-- relay_failed: the relay could not be reached; nobody claims for a while, which grows from failure to failure.
--
-- ARGV  2 the waits in ms as JSON, shortest first
-- returns the wait in ms
--
-- What fails while the relay is closed already (workers that were on the line together, a repeat of the call) is the
-- same failure; the worker on trial tells of a new one.

local waits, notes = cjson.decode(ARGV[2]), relay_notes()
if closed_for(notes) > 0 and not notes.trial then return closed_for(notes) end

local failures = number(notes.failures) + 1
local wait = waits[math.min(failures, #waits)]
redis.call('HSET', RELAY, 'failures', failures, 'closed_until', real + wait)
redis.call('HDEL', RELAY, 'trial')
return wait
