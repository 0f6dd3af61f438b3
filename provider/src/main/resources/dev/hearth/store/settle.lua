-- settle: a transaction is over: what sessions load from now on is valid, what they loaded before is stale
-- KEYS[1] tables  ARGV[1] identity  ARGV[2] transaction, or nothing for changes that nobody announced
-- ARGV[3...] names of tables
-- returns: the stamp up to which results over these tables are stale
local t = now()
settle(KEYS[1], t, ARGV[1], ARGV[2], 3)
return t
