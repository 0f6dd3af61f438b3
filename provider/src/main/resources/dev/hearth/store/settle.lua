-- settle: a transaction is over: what sessions load from now on is valid, what they loaded before is stale
-- KEYS[1] tables  ARGV[1] identity  ARGV[2] transaction, or nothing for changes that nobody announced
-- ARGV[3...] names of tables
-- returns: the stamp up to which results over these tables are stale
local t = now()
begin_tables(KEYS[1], t, ARGV[1])
local announced = true
for i = 3, #ARGV do announced = mark(KEYS[1], ARGV[i], t, ARGV[2]) and announced end
if not announced then tell('T', KEYS[1], nil, table.concat(ARGV, '\n', 3)) end
return t
