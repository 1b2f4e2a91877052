-- hear: what one person says, about somebody described to them or about whether they met.
--
-- KEYS  the last: the dialogue of the edition
-- ARGV  2 person   3 other, or "" for "did you meet?"   4 the word
-- returns 1 when both have now said yes
--
-- Twin of dialogue.heard. The two voices change together: of two yeses at one moment the second sees the first.

local DIALOGUE, person, other, word = KEYS[#KEYS], ARGV[2], ARGV[3], ARGV[4]

local function voice_of(who)
  local voice = cjson.decode(redis.call('HGET', DIALOGUE, who) or '{}')
  for _, part in ipairs({ 'asked', 'said', 'made', 'told' }) do voice[part] = voice[part] or {} end
  return voice
end

local own = voice_of(person)
if other == '' then
  own.met, own.said_at = word, now
  redis.call('HSET', DIALOGUE, person, cjson.encode(own))
  return 0
end

local theirs = voice_of(other)
if not own.asked[other] or own.told[other] or theirs.told[person] then return 0 end
own.said[other], own.said_at = word, now
local both = word == 'yes' and theirs.asked[person] and theirs.said[person] == 'yes'
own.made[other] = both and (own.made[other] or now) or nil
redis.call('HSET', DIALOGUE, person, cjson.encode(own))
if theirs.asked[person] then
  theirs.made[person] = both and (theirs.made[person] or now) or nil
  redis.call('HSET', DIALOGUE, other, cjson.encode(theirs))
end
return both and 1 or 0
