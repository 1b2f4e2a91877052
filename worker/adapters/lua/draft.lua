-- draft: what a script reads of messages, and what it changes, written with one command for each key.
--
-- Nothing is written before `write_draft`; until then a message read again is the one in the draft.

local draft

local function begin_draft()
  draft = { fields = {}, records = {}, counts = {}, standings = {}, entries = {} }
end
begin_draft()

-- Some thousand values are all that Lua can hand to a command.
local function in_thousands(words, call)
  for first = 1, #words, 1000 do call(unpack(words, first, math.min(first + 999, #words))) end
end

-- The answers to one question about many members of a key.
local function ask(command, key, members)
  local answers = {}
  in_thousands(members, function(...)
    for _, answer in ipairs(redis.call(command, key, ...)) do answers[#answers + 1] = answer end
  end)
  return answers
end

local function read(field)
  local text = not draft.records[field] and redis.call('HGET', MESSAGES, field)
  return draft.records[field] or text and cjson.decode(text)
end

-- The records of many messages by field; a message that is named twice is read once.
local function read_all(fields)
  local records = {}
  for i, text in ipairs(ask('HMGET', MESSAGES, fields)) do
    local field = fields[i]
    records[field] = records[field] or draft.records[field] or text and cjson.decode(text) or nil
  end
  return records
end

local function note(field, record)
  if not draft.records[field] then draft.fields[#draft.fields + 1] = field end
  draft.records[field] = record
end

-- Where a member will stand in a sorted set; nowhere without a score.
local function stand(key, member, score)
  draft.standings[key] = draft.standings[key] or {}
  draft.standings[key][member] = score or false
end

local function count(field, state, by)
  local name = string.match(field, '^([^.]+)') .. ':' .. state
  draft.counts[name] = (draft.counts[name] or 0) + by
end

local function write_records()
  local words, texts = {}, {}
  for _, field in ipairs(draft.fields) do
    texts[field] = cjson.encode(draft.records[field])
    words[#words + 1], words[#words + 2] = field, texts[field]
  end
  in_thousands(words, function(...) redis.call('HSET', MESSAGES, ...) end)
  return texts
end

local function write_standings(key, members)
  local standing, gone = {}, {}
  for member, score in pairs(members) do
    if score then
      standing[#standing + 1], standing[#standing + 2] = score, member
    else
      gone[#gone + 1] = member
    end
  end
  in_thousands(standing, function(...) redis.call('ZADD', key, ...) end)
  in_thousands(gone, function(...) redis.call('ZREM', key, ...) end)
end

-- Everything together; gives the records as they were written, by field.
local function write_draft()
  local texts = write_records()
  for key, members in pairs(draft.standings) do write_standings(key, members) end
  for name, by in pairs(draft.counts) do
    if by ~= 0 then redis.call('HINCRBY', COUNTS, name, by) end
  end
  for _, entry in ipairs(draft.entries) do redis.call('XADD', ENTRIES, '*', unpack(entry)) end
  begin_draft()
  return texts
end
