-- draft: what a script reads of messages, and what it changes, written with one command for each key.
--
-- Nothing is written before `write_draft`; until then a message read again is the one in the draft.

local draft

local function begin_draft()
  draft = { fields = {}, records = {}, standings = {}, runs = {} }
end
begin_draft()

-- Some thousand values are all that Lua can hand to a command.
local function in_thousands(words, call)
  for first = 1, #words, 1000 do call(unpack(words, first, math.min(first + 999, #words))) end
end

-- The answers to one question about many members of a key.
local function ask(command, key, members)
  if #members > 0 and #members <= 1000 then return redis.call(command, key, unpack(members)) end
  local answers = {}
  in_thousands(members, function(...)
    for _, answer in ipairs(redis.call(command, key, ...)) do answers[#answers + 1] = answer end
  end)
  return answers
end

-- A cohort: messages of one step whose records say the same. Most of a batch are one, and are read, judged, moved and
-- written as one; whoever parts from it gets a record of its own.
local function cohort_of(field, text, apart)
  local step = step_of(field)
  return { step = step, begins = step .. '.', text = text, apart = apart, fields = {}, record = text and cjson.decode(text) or nil }
end

local function part_from(cohort, fields)
  return { step = cohort.step, fields = fields, record = cjson.decode(cohort.text) }
end

-- The cohorts of these messages, like ones side by side; `apart` is what else parts each of them from its neighbours.
-- One that is named twice belongs to the first.
local function cohorts_of(fields, apart)
  local cohorts, last, seen = {}, {}, {}
  for i, text in ipairs(ask('HMGET', MESSAGES, fields)) do
    local field, own = fields[i], apart and apart[i]
    if draft.records[field] then text = cjson.encode(draft.records[field]) end
    if not seen[field] then
      if last.text ~= text or last.apart ~= own or string.find(field, last.begins, 1, true) ~= 1 then
        last = cohort_of(field, text, own)
        cohorts[#cohorts + 1] = last
      end
      last.fields[#last.fields + 1], seen[field] = field, true
    end
  end
  return cohorts
end

-- The cohort of one message alone.
local function only(field) return cohorts_of({ field })[1] end

local function note(cohort)
  local records, fields, record = draft.records, draft.fields, cohort.record
  for _, field in ipairs(cohort.fields) do
    if not records[field] then fields[#fields + 1] = field end
    records[field] = record
  end
end

-- Where members will stand in a sorted set; nowhere without a score.
local function stand(key, members, score)
  local standing = draft.standings[key] or {}
  draft.standings[key] = standing
  for _, member in ipairs(members) do standing[member] = score or false end
end

-- Moves that are alike and follow each other are one entry of the ledger: what they share, then for each message what
-- the relay said. An entry for each would be a fifth of a mail's price.
local MOST_IN_A_RUN = 200

local function run_for(cohort, before, after, reason, due)
  local run = draft.runs[#draft.runs]
  if run and run.moves < MOST_IN_A_RUN and run.after == after and run.before == before and run.step == cohort.step
    and run.reason == reason and run.due == due then
    return run
  end
  run = { step = cohort.step, before = before, after = after, reason = reason, due = due, moves = 0, told = {} }
  draft.runs[#draft.runs + 1] = run
  return run
end

local function enter(cohort, before, after, reason, due, reply)
  local run = run_for(cohort, before, after, reason, due)
  for _, field in ipairs(cohort.fields) do
    if run.moves == MOST_IN_A_RUN then run = run_for(cohort, before, after, reason, due) end
    local moves, told = run.moves + 1, run.told
    run.moves, told[2 * moves - 1], told[2 * moves] = moves, field, reply or ''
  end
end

local function write_records()
  local words, texts = {}, {}
  for i, field in ipairs(draft.fields) do
    local record = draft.records[field]
    texts[record] = texts[record] or cjson.encode(record)
    words[2 * i - 1], words[2 * i] = field, texts[record]
  end
  in_thousands(words, function(...) redis.call('HSET', MESSAGES, ...) end)
end

-- A score goes in words, as Redis would put it: to write the same number down for every member takes longer.
local function write_standings(key, members)
  local standing, gone, placed, score, words = {}, {}, 0, nil, nil
  for member, own in pairs(members) do
    if not own then
      gone[#gone + 1] = member
    else
      if own ~= score then score, words = own, string.format('%.17g', own) end
      standing[placed + 1], standing[placed + 2], placed = words, member, placed + 2
    end
  end
  in_thousands(standing, function(...) redis.call('ZADD', key, ...) end)
  in_thousands(gone, function(...) redis.call('ZREM', key, ...) end)
end

local function write_entry(run)
  local entry = { 'a', run.after, 'r', run.reason, 't', now }
  if run.before then entry[#entry + 1], entry[#entry + 2] = 'b', run.before end
  if run.due then entry[#entry + 1], entry[#entry + 2] = 'd', run.due end
  local shared = #entry
  for i, word in ipairs(run.told) do entry[shared + i] = word end
  redis.call('XADD', ENTRIES, '*', unpack(entry))
end

local function write_counts(runs)
  local counts = {}
  local function add(step, state, by)
    local name = step .. ':' .. state
    counts[name] = (counts[name] or 0) + by
  end
  for _, run in ipairs(runs) do
    if run.before then add(run.step, run.before, -run.moves) end
    add(run.step, run.after, run.moves)
  end
  for name, by in pairs(counts) do
    if by ~= 0 then redis.call('HINCRBY', COUNTS, name, by) end
  end
end

-- Everything together.
local function write_draft()
  write_records()
  for key, members in pairs(draft.standings) do write_standings(key, members) end
  write_counts(draft.runs)
  for _, run in ipairs(draft.runs) do write_entry(run) end
  begin_draft()
end
