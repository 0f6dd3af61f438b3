-- lock: a transaction may commit a new value: from here on nothing can be read or published under the key
-- KEYS[1] entry  KEYS[2] region record  KEYS[3] fences  KEYS[4] tables, where some are announced in the same step
-- ARGV[1] transaction  ARGV[2] hash of the key  ARGV[3] lock timeout micros  ARGV[4] horizon micros
-- ARGV[5] who asks for acknowledgements  ARGV[6...] for the tables: identity, lock timeout micros, names
-- returns: the stamp of the soft lock, by which the release knows it; negative if others hold the key too
local t = now()
local id, hash = ARGV[1], tonumber(ARGV[2])
local e = entry(KEYS[1], t)
local others, mine = '', false
make_room(KEYS[1])
if e.kind == 'L' then
  fold(KEYS[3], hash, e.lapsed, t)
  others, mine = without(e.holds, id, t)
end
local stamp = advance(KEYS[3], hash, t)
if #others == 0 and not mine then
  -- What begins without a region, or under a bulk lock, belongs to no generation, and publishes nothing.
  local r = region(KEYS[2], KEYS[3], t)
  e = { generation = r and #r.locks == 0 and r.generation or 0, first = stamp, concurrent = false }
elseif #others > 0 and not mine then
  e.concurrent = true
end
e.holds = join(others, id, t + tonumber(ARGV[3]), t)
write_lock(KEYS[1], e, t, tonumber(ARGV[4]))
if KEYS[4] then
  announce(KEYS[4], t, ARGV[6], id, ARGV[7], 8)
  tell('C', KEYS[1], ARGV[5], KEYS[1] .. '\n' .. table.concat(ARGV, '\n', 8))
else
  tell('E', KEYS[1], ARGV[5], KEYS[1])
end
return e.concurrent and -e.first or e.first
