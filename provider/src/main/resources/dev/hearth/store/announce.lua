-- announce: a transaction may commit changes of these tables: from here on no result over them is valid
-- KEYS[1] tables  ARGV[1] identity  ARGV[2] transaction  ARGV[3] lock timeout micros
-- ARGV[4] who asks for acknowledgements  ARGV[5...] names of tables
-- returns: 0
local t = now()
announce(KEYS[1], t, ARGV[1], ARGV[2], ARGV[3], 5)
tell('T', KEYS[1], ARGV[4], table.concat(ARGV, '\n', 5))
return 0
