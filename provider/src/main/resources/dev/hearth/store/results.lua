-- results: what the scripts of query results share; put behind common when they are loaded
--
-- A bucket's results are listed, beside its record, so that they can be found by the tables that they read:
--   record!         sorted set of all, "group:hash", by session stamp
--   record!!        hash: a group of results that read the same tables, and the names of these, "name\nname"
--   record!group    sorted set of the group's, "hash", by session stamp
-- Entries and groups are addressed through the record's key, whose slot they share.

local function group_key(record, group) return record .. '!' .. group end

-- A command on a list. Whatever is no list of ours is garbage, and goes.
local function on(key, command, ...)
  local answer = redis.pcall(command, key, ...)
  if type(answer) ~= 'table' or not answer.err then return answer end
  if string.find(answer.err, 'WRONGTYPE', 1, true) then redis.call('DEL', key) end
  return redis.call(command, key, ...)
end

-- A group goes with its last result.
local function leave(record, group)
  if redis.call('EXISTS', group_key(record, group)) == 0 then on(record .. '!!', 'HDEL', group) end
end

local function drop(record, group, hash)
  redis.call('DEL', record .. ':' .. hash)
  on(group_key(record, group), 'ZREM', hash)
  on(record .. '!', 'ZREM', group .. ':' .. hash)
  leave(record, group)
end

-- Drops listed results, given as "group:hash". What is not of ours goes from the list alone.
local function drop_all(record, members)
  for _, member in ipairs(members) do
    local group, hash = string.match(member, '^(%w+):(.+)$')
    if group then drop(record, group, hash) else on(record .. '!', 'ZREM', member) end
  end
end
