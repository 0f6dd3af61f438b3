-- hand_over: a node leaves the keys that it uses most, for the next one that starts
-- KEYS[1] hot keys  ARGV[1] ttl ms  ARGV[2...] names of regions, and behind each its keys, a line each
-- returns: 0
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end
for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 0
