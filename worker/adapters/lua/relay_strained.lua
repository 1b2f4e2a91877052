-- relay_strained: the relay says that we are too much for it; halve the pace, or the parallel connections.
--
-- ARGV  2 rate or connections   3 token of the reply   4 configured limit (0: none)   5 measured letters a second
--       6 what the relay said
-- returns 1 when something was halved; 0 for an echo of the same moment, or nothing to halve
--
-- The same sums in Python: domain/slowdown.py.

local kind, token, configured, measured = ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local notes = relay_notes()

local function is_echo(at) return at and math.abs(real - at) < PACE.echo end

local function slow_down()
  if notes.slow_token == token or is_echo(notes.slow_at) then return 0 end
  local slowed = slowed_to(notes)
  local allowed = slowed or (configured > 0 and configured) or measured
  if allowed <= 0 then return 0 end
  local ceiling = configured > 0 and configured or (slowed and number(notes.slow_ceiling)) or 2 * measured
  redis.call('HSET', RELAY, 'slow_rate', string.format('%.6f', math.max(allowed / 2, math.min(PACE.slowest, ceiling))),
    'slow_ceiling', string.format('%.6f', ceiling), 'slow_at', real, 'slow_since', slowed and notes.slow_since or real,
    'slow_because', ARGV[6], 'slow_token', token)
  return 1
end

local function fewer_lines()
  if configured == 0 or notes.fewer_token == token or is_echo(notes.fewer_at) then return 0 end
  local used = lines_in_use()
  local lines = math.max(math.floor(math.min(used, lines_allowed(notes, configured)) / 2), 1)
  redis.call('HSET', RELAY, 'fewer', lines, 'fewer_at', real, 'fewer_token', token)
  return 1
end

return kind == 'rate' and slow_down() or kind ~= 'rate' and fewer_lines() or 0
