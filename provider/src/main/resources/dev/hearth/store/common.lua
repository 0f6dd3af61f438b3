-- common: what the scripts share; put in front of each of them when they are loaded
--
-- entry   V generation(16) stamp(16) body             a value; the body starts with the 8 bytes of its mapping's fingerprint
--         L first(16) concurrent(1) holds             soft-locked; a hold is "transaction:expiry;"
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

-- Whatever holds no string of ours is garbage, and goes.
local function bytes(key, from, to)
  local value = redis.pcall('GETRANGE', key, from, to)
  if type(value) == 'table' then
    redis.call('DEL', key)
    return ''
  end
  return value
end

-- Splits holds into those in force and the latest expiry among the others, which reads as a fence.
local function holds(text, t)
  local live, lapsed = {}, 0
  for id, expiry in string.gmatch(text, '([^:;]+):(%d+);') do
    local e = tonumber(expiry)
    if e > t then live[#live + 1] = { id = id, expiry = e } else lapsed = math.max(lapsed, e) end
  end
  return live, lapsed
end

local function without(list, id)
  local rest, found = {}, false
  for _, hold in ipairs(list) do
    if hold.id == id then found = true else rest[#rest + 1] = hold end
  end
  return rest, found
end

local function join(list)
  local text = {}
  for i, hold in ipairs(list) do text[i] = hold.id .. ':' .. digits(hold.expiry) .. ';' end
  return table.concat(text)
end

-- The region record, or nil when there is none that can be trusted. Folds lapsed bulk locks into the generation.
local function region(record, fences, t)
  local text = bytes(record, 0, -1)
  local generation, identity, buckets, rest = string.match(text, '^R(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%w%w%w%w%w%w%w%w%w%w%w%w%w%w%w%w)(%d%d%d%d)(.*)$')
  if not generation or #bytes(fences, 0, 15) < 16 then return nil end
  local live, lapsed = holds(rest, t)
  local r = { generation = tonumber(generation), identity = identity, buckets = buckets, locks = live }
  r.folded = lapsed > 0
  r.generation = math.max(r.generation, lapsed)
  return r
end

local function write_region(record, r)
  redis.call('SET', record, 'R' .. digits(r.generation) .. r.identity .. r.buckets .. join(r.locks))
end

-- The region record for those who may begin a region: KEYS record and fences, ARGV identity, buckets, stripes.
-- A region without record or fences, or of another server's life, is begun anew: a new generation.
local function begin_region(record, fences, t, identity, buckets, stripes)
  local r = region(record, fences, t)
  if r and r.identity == identity then return r, r.folded end
  if not r then
    redis.call('DEL', fences)
    redis.call('SETRANGE', fences, stripes * 16 - 1, '\0')
    r = { generation = 0, buckets = string.format('%04d', buckets), locks = {} }
  end
  r.identity = identity
  r.generation = math.max(t, r.generation + 1)
  return r, true
end

local function stripe(fences, hash)
  return (hash % (redis.call('STRLEN', fences) / 16)) * 16
end

local function fence(fences, hash)
  local at = stripe(fences, hash)
  return tonumber(redis.call('GETRANGE', fences, at, at + 15)) or 0
end

-- Where the fences are gone, so is the region: without its record everything in it is a miss, and the next
-- generation refuses what the fence would have refused.
local function advance(record, fences, hash, t)
  if #bytes(fences, 0, 15) < 16 then
    redis.call('DEL', record)
    return
  end
  local at = stripe(fences, hash)
  local stood = tonumber(redis.call('GETRANGE', fences, at, at + 15)) or 0
  redis.call('SETRANGE', fences, at, digits(math.max(t, stood + 1)))
end

-- A lapsed hold reads as a fence at its expiry.
local function fold(record, fences, hash, lapsed)
  if lapsed == 0 or #bytes(fences, 0, 15) < 16 then return end
  if lapsed > fence(fences, hash) then
    redis.call('SETRANGE', fences, stripe(fences, hash), digits(lapsed))
  end
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
    local first, concurrent, rest = string.match(bytes(key, 0, -1), '^L(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)([01])(.*)$')
    if first then
      local live, lapsed = holds(rest, t)
      return { kind = 'L', first = tonumber(first), concurrent = concurrent == '1' or (lapsed > 0 and #live > 0), holds = live, lapsed = lapsed }
    end
  end
  return { lapsed = 0 }
end

-- The key outlives its last hold by the horizon, so that a lapse is still there to be read as a fence.
local function write_lock(key, e, t, horizon)
  local last = t
  for _, hold in ipairs(e.holds) do last = math.max(last, hold.expiry) end
  redis.call('SET', key, 'L' .. digits(e.first) .. (e.concurrent and '1' or '0') .. join(e.holds),
    'PX', math.floor((last - t + horizon) / 1000) + 1)
end
