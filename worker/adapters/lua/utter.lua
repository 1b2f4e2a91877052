-- utter: keep what mails are about to say to their readers.
--
-- KEYS  the last: the dialogue of the edition
-- ARGV  2 JSON: person -> { d = { [other] = [sector, interest] }, o = [others in their order], n = [people named] }
-- returns nothing
--
-- Twin of dialogue.asked and dialogue.told: who was described before keeps number and description.

local DIALOGUE = KEYS[#KEYS]
for person, mail in pairs(cjson.decode(ARGV[2])) do
  local voice = cjson.decode(redis.call('HGET', DIALOGUE, person) or '{}')
  local asked, told, known = voice.asked or {}, voice.told or {}, 0
  for _ in pairs(asked) do known = known + 1 end
  for _, other in ipairs(mail.o) do
    if not asked[other] then
      known = known + 1
      asked[other] = { n = known, s = mail.d[other][1], i = mail.d[other][2] }
    end
  end
  for _, other in ipairs(mail.n) do told[other] = told[other] or now end
  voice.asked, voice.told = asked, told
  if #mail.o > 0 then voice.asked_at = now elseif #mail.n > 0 then voice.asked_at = voice.asked_at or now end
  redis.call('HSET', DIALOGUE, person, cjson.encode(voice))
end
