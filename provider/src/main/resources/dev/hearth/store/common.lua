-- common: what the scripts share; put in front of each of them when they are loaded
--
-- entry   V generation(16) stamp(16) body             a value; the body starts with the 8 bytes of its mapping's fingerprint
--         L generation(16) first(16) concurrent(1) holds   soft-locked; a hold is "transaction:expiry;"
-- record  R generation(16) identity(16) buckets(4) holds   one for each region and bucket; its holds are bulk locks
-- fences  stamps(16 each), zero bytes where none was written yet
--
-- Stamps are microseconds of this server's TIME as 16 decimal digits.

local function now()
  local t = redis.call('TIME')
  return t[1] * 1000000 + t[2]
end

local function digits(stamp)
  return string.format('%016.0f', stamp)
end

-- Near tiers hear of every change in the step that makes it: a line on the keyspace's channel that says what has changed
-- ('E' an entry, 'R' a region's bucket, 'T' tables, '#' standing for all, 'C' an entry and tables; 'B', 'P', 'G' are of nodes
-- that live or leave), who asks for an acknowledgement ("node:number", or '-'), and the key, the names, or a line each. A soft
-- lock and an announcement keep everybody from reading until they end, so that their end needs no message; it does where they
-- had lapsed, since others may have read in between.
--
-- In front stands a number, one more than that of the message before it: a client may lose a message on a connection that
-- lives on, and whoever misses a number knows. The name of the counter, which is the time of its beginning, goes before it:
-- channels are of all databases of a server, and in another one may be the same keyspace. On a Cluster messages come from
-- several masters, and have '-' (Script.onCluster).
local NUMBERED = true

local function numbered(keyspace)
  if not NUMBERED then return '-' end
  local counter = keyspace .. ':{nodes}!'
  local number = redis.pcall('HINCRBY', counter, 'last', 1)
  local name = redis.pcall('HGET', counter, 'name')
  if type(number) == 'table' or type(name) ~= 'string' or #name ~= 16 or string.find(name, '%D') then
    redis.call('DEL', counter)
    name = digits(now())
    redis.call('HSET', counter, 'name', name, 'last', 1)
    number = 1
  end
  return name .. '.' .. string.format('%.0f', number)
end

local function tell(what, key, ask, subject)
  local keyspace = string.match(key, '^(.-):{') or key
  redis.call('PUBLISH', keyspace .. ':near', numbered(keyspace) .. ' ' .. what .. ' ' .. (ask or '-') .. ' ' .. subject)
end

-- A stamp that lies a day ahead of TIME was never written by us: no lock is that long, and nothing else is ahead at all.
local function forged(stamp, t)
  return stamp > t + 86400000000
end

-- Whatever holds no string of ours is garbage, and goes.
local function bytes(key, from, to)
  local value = redis.pcall('GETRANGE', key, from, to)
  if type(value) == 'table' then
    redis.call('DEL', key)
    return ''
  end
  return value
end

-- A full Redis (maxmemory without eviction) refuses a script's first write if that may need memory, and none that follows.
-- What keeps readers away must get through all the same, so the key that is written anew is deleted before.
local function make_room(key)
  redis.call('DEL', key)
end

local function in_force(expiry, t)
  return expiry and tonumber(expiry) > t and not forged(tonumber(expiry), t)
end

-- Holds are a text, "transaction:expiry;" for each. Many transactions may hold one thing at once, as all do that wait for one
-- row, and if every script read all their holds, each would cost the more of this server's time. So a transaction finds its
-- own, and whoever joins holds as long as those before it, or longer: what has lapsed stands in front.

-- The holds from the first on that is in force, and the latest expiry of those before it, which reads as a fence. Garbage is
-- passed over, up to the next end of a hold: to search on for a whole one would take time in the square of its length.
local function standing(text, t)
  local lapsed, at = 0, 1
  while at <= #text do
    local expiry, after = string.match(text, '^[^:;]+:(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d);()', at)
    if in_force(expiry, t) then break end
    if expiry and not forged(tonumber(expiry), t) then lapsed = math.max(lapsed, tonumber(expiry)) end
    at = after or (string.find(text, ';', at, true) or #text) + 1
  end
  return string.sub(text, at), lapsed
end

-- What stands without the transaction's hold, and whether that was in force.
local function without(text, id, t)
  local holds = ';' .. text
  local from, to = string.find(holds, ';' .. id .. ':', 1, true)
  local expiry, after = string.match(holds, '^(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d);()', (to or #holds) + 1)
  local found = id ~= '' and after
  local rest = standing(found and string.sub(holds, 2, from) .. string.sub(holds, after) or text, t)
  return rest, found and in_force(expiry, t) or false
end

-- When the last of the holds lapses, or 0.
local function last_expiry(text, t)
  local expiry = tonumber(string.match(string.sub(text, -17), '^(%d+);$'))
  return expiry and not forged(expiry, t) and expiry or 0
end

-- Puts a hold behind the others. What ends as no hold does is garbage, and would become the beginning of its name.
local function join(text, id, expiry, t)
  if string.sub(text, -1) ~= ';' then text = string.match(text, '^.*;') or '' end
  return text .. id .. ':' .. digits(math.max(expiry, last_expiry(text, t))) .. ';'
end

-- The number of stripes, 0 where there are no fences that can be trusted.
local function stripes_of(fences)
  local length = redis.pcall('STRLEN', fences)
  if type(length) == 'table' then
    redis.call('DEL', fences)
    return 0
  end
  return length % 16 == 0 and length / 16 or 0
end

-- What the record says, or nil where there is none that can be trusted. Folds lapsed bulk locks into the generation.
local function recorded(record, t)
  local text = bytes(record, 0, -1)
  local generation, identity, buckets, rest = string.match(text, '^R(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%w%w%w%w%w%w%w%w%w%w%w%w%w%w%w%w)(%d%d%d%d)(.*)$')
  if not generation or tonumber(buckets) < 1 or tonumber(buckets) > 1024 or forged(tonumber(generation), t) then return nil end
  local live, lapsed = standing(rest, t)
  local r = { generation = tonumber(generation), identity = identity, buckets = buckets, locks = live }
  r.folded = rest ~= live
  r.generation = math.max(r.generation, lapsed)
  return r
end

-- The region, or nil where record or fences are missing: then nothing can be published in it.
local function region(record, fences, t)
  if stripes_of(fences) == 0 then return nil end
  return recorded(record, t)
end

local function write_region(record, r)
  make_room(record)
  redis.call('SET', record, 'R' .. digits(r.generation) .. r.identity .. r.buckets .. r.locks)
end

-- The region record for those who may begin a region: KEYS record and fences, ARGV identity, buckets, stripes.
-- A region without record or fences, or of another server's life, is begun anew: a new generation. Its bulk locks stay
-- in force, unless the record that held them is what is missing.
local function begin_region(record, fences, t, identity, buckets, stripes)
  local r = recorded(record, t)
  local fenced = stripes_of(fences) > 0
  if r and fenced and r.identity == identity then return r, r.folded end
  if not fenced then
    redis.call('DEL', fences)
    redis.call('SETRANGE', fences, stripes * 16 - 1, '\0')
  end
  r = r or { generation = 0, buckets = string.format('%04d', buckets), locks = '' }
  r.identity = identity
  r.generation = math.max(t, r.generation + 1)
  return r, true
end

local function write_fence(fences, hash, stripes, stamp)
  redis.call('SETRANGE', fences, hash % stripes * 16, digits(stamp))
end

-- The entry's fence, one of so many. What is no stamp of ours gives way to one that refuses all until now.
local function fence(fences, hash, t, stripes)
  local at = hash % stripes * 16
  local text = redis.call('GETRANGE', fences, at, at + 15)
  if text == string.rep('\0', 16) then return 0 end
  if string.match(text, '^%d+$') and not forged(tonumber(text), t) then return tonumber(text) end
  write_fence(fences, hash, stripes, t)
  return t
end

-- Where the fences are gone nothing can be published, and who restores them begins a new generation, which refuses
-- what this fence would have refused. Answers the stamp, which is no other step's on this stripe.
local function advance(fences, hash, t)
  local stripes = stripes_of(fences)
  if stripes == 0 then return t end
  local stamp = math.max(t, fence(fences, hash, t, stripes) + 1)
  write_fence(fences, hash, stripes, stamp)
  return stamp
end

-- A lapsed hold reads as a fence at its expiry.
local function fold(fences, hash, lapsed, t)
  if lapsed == 0 then return end
  local stripes = stripes_of(fences)
  if stripes > 0 and lapsed > fence(fences, hash, t, stripes) then write_fence(fences, hash, stripes, lapsed) end
end

-- The entry: kind 'V', 'L' or nil. Garbage is nil. An L whose holds have all lapsed is still an L here, with none live.
local function entry(key, t)
  local head = bytes(key, 0, 40)
  local kind = string.sub(head, 1, 1)
  if kind == 'V' then
    local generation, stamp = tonumber(string.sub(head, 2, 17)), tonumber(string.sub(head, 18, 33))
    if generation and stamp and stamp <= t then
      return { kind = 'V', generation = generation, stamp = stamp, mapping = string.sub(head, 34, 41) }
    end
  elseif kind == 'L' then
    local generation, first, concurrent, rest = string.match(bytes(key, 0, -1), '^L(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)([01])(.*)$')
    if generation then
      local live, lapsed = standing(rest, t)
      return {
        kind = 'L', generation = tonumber(generation), first = tonumber(first), holds = live, lapsed = lapsed,
        concurrent = concurrent == '1' or (lapsed > 0 and #live > 0)
      }
    end
  end
  return { lapsed = 0 }
end

-- Whether this very body stands in a V.
local function holds_body(key, body)
  return redis.call('STRLEN', key) == 33 + #body and redis.call('GETRANGE', key, 33, -1) == body
end

-- Whether the key stays for so many ms, or for good.
local function lasts(key, millis)
  local left = redis.call('PTTL', key)
  return left < 0 or left >= millis
end

-- The key outlives its last hold by the horizon, so that a lapse is still there to be read as a fence.
local function write_lock(key, e, t, horizon)
  local last = math.max(t, last_expiry(e.holds, t))
  redis.call('SET', key, 'L' .. digits(e.generation) .. digits(e.first) .. (e.concurrent and '1' or '0') .. e.holds,
    'PX', math.floor((last - t + horizon) / 1000) + 1)
end
