-- results: what the scripts of query results share; put behind common when they are loaded
--
-- A bucket's results are listed, beside its record, so that they can be found by the tables that they read:
--   record!         sorted set of all, "group:hash", by session stamp
--   record!!        hash: a group of results that read the same tables, and the names of these, "name\nname"
--   record!group    sorted set of the group's, "hash", by session stamp
-- Entries and groups are addressed through the record's key, whose slot they share.

local function group_key(record, group) return record .. '!' .. group end

local function drop(record, group, hash)
  redis.call('DEL', record .. ':' .. hash)
  redis.call('ZREM', group_key(record, group), hash)
  redis.call('ZREM', record .. '!', group .. ':' .. hash)
end

-- Drops listed results, given as "group:hash". What is not of ours goes from the list alone.
local function drop_all(record, members)
  for _, member in ipairs(members) do
    local group, hash = string.match(member, '^(%w+):(.+)$')
    if group then drop(record, group, hash) else redis.call('ZREM', record .. '!', member) end
  end
end
