-- lock: a transaction may commit a new value: from here on nothing can be read or published under the key
-- KEYS[1] entry  KEYS[2] region record  KEYS[3] fences
-- ARGV[1] transaction  ARGV[2] hash of the key  ARGV[3] lock timeout micros  ARGV[4] horizon micros
-- returns: 1 if another transaction holds the key too, else 0
local t = now()
local id, hash = ARGV[1], tonumber(ARGV[2])
local e = entry(KEYS[1], t)
local others, mine = {}, false
if e.kind == 'L' then
  fold(KEYS[2], KEYS[3], hash, e.lapsed)
  others, mine = without(e.holds, id)
end
if #others == 0 and not mine then
  e = { first = t, concurrent = false }
elseif #others > 0 and not mine then
  e.concurrent = true
end
others[#others + 1] = { id = id, expiry = t + tonumber(ARGV[3]) }
e.holds = others
write_lock(KEYS[1], e, t, tonumber(ARGV[4]))
advance(KEYS[2], KEYS[3], hash, t)
return e.concurrent and 1 or 0
