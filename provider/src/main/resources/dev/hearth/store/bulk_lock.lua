-- bulk_lock: a statement may change any row of the region: all that is in it goes, and nothing enters until the unlock
-- KEYS[1] region record  KEYS[2] fences  ARGV[1] identity  ARGV[2] buckets  ARGV[3] stripes
-- ARGV[4] transaction  ARGV[5] lock timeout micros  ARGV[6] who asks for acknowledgements
-- returns: 0
local t = now()
local r = begin_region(KEYS[1], KEYS[2], t, ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]))
r.locks = without(r.locks, ARGV[4], t)
r.locks = join(r.locks, ARGV[4], t + tonumber(ARGV[5]), t)
r.generation = math.max(t, r.generation + 1)
write_region(KEYS[1], r)
tell('R', KEYS[1], ARGV[6], KEYS[1])
return 0
