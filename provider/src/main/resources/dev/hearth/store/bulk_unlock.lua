-- bulk_unlock: the statement's transaction is over: a new generation begins
-- KEYS[1] region record  KEYS[2] fences  ARGV[1] identity  ARGV[2] buckets  ARGV[3] stripes  ARGV[4] transaction
-- returns: this server's time
local t = now()
local r = begin_region(KEYS[1], KEYS[2], t, ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]))
r.locks = without(r.locks, ARGV[4], t)
r.generation = math.max(t, r.generation + 1)
write_region(KEYS[1], r)
tell('R', KEYS[1], nil, KEYS[1])
return t
