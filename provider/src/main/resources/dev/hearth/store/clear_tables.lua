-- clear_tables: every query result becomes stale, whatever it reads; announcements stay pending
-- KEYS[1] tables  ARGV[1] identity
-- returns: this server's time
local t = now()
local floor = begin_tables(KEYS[1], t, ARGV[1])
redis.call('HSET', KEYS[1], '#', 'F' .. digits(math.max(t, floor + 1)) .. ARGV[1])
tell('T', KEYS[1], nil, '#')
return t
