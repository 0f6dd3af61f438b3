-- tables: what the scripts of the table hash share; put behind common when they are loaded
--
-- field   #   F stamp(16) identity(16)   the floor: no table's stamp is older, whatever its field says
--         *   as a table                 all tables together, for queries that do not say what they read
--         a table's name   stamp(16) holds   the holds are the announcements pending

local function field(tables, name)
  local value = redis.pcall('HGET', tables, name)
  if type(value) == 'table' then
    redis.call('DEL', tables)
    return ''
  end
  return value or ''
end

-- A hash that is missing, or of another server's life, begins anew: everything older than its floor is stale.
-- Announcements that it holds stay pending. The first write is one that a full Redis lets pass, as make_room's is.
local function begin_tables(tables, t, identity)
  redis.pcall('HDEL', tables, '') -- removes nothing, and makes room as make_room does: see there
  local text, known = string.match(field(tables, '#'), '^F(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%w%w%w%w%w%w%w%w%w%w%w%w%w%w%w%w)$')
  local stamp = text and not forged(tonumber(text), t) and tonumber(text) or 0
  if stamp > 0 and known == identity then return stamp end
  stamp = math.max(t, stamp + 1)
  redis.call('HSET', tables, '#', 'F' .. digits(stamp) .. identity)
  tell('T', tables, nil, '#')
  return stamp
end

-- Advances a table's stamp and ends the transaction's announcement, or renews it where an expiry is given. What has
-- lapsed reads as a stamp at its expiry, which lies behind the new one. Answers whether the announcement was in force.
local function mark(tables, name, t, id, expiry)
  local text, announced = string.match(field(tables, name), '^(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(.*)$')
  local stamp = text and not forged(tonumber(text), t) and tonumber(text) or 0
  local rest, found = without(announced or '', id, t)
  if expiry then rest = join(rest, id, expiry, t) end
  redis.call('HSET', tables, name, digits(math.max(t, stamp + 1)) .. rest)
  return found
end

-- The transaction may change the tables that the arguments name from this one on.
local function announce(tables, t, identity, id, timeout, first)
  begin_tables(tables, t, identity)
  for i = first, #ARGV do mark(tables, ARGV[i], t, id, t + tonumber(timeout)) end
end

-- The transaction is over, or nobody has announced what happened to these tables.
local function settle(tables, t, identity, id, first)
  begin_tables(tables, t, identity)
  local announced = true
  for i = first, #ARGV do announced = mark(tables, ARGV[i], t, id) and announced end
  if not announced then tell('T', tables, nil, table.concat(ARGV, '\n', first)) end
end
