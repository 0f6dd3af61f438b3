-- put_from_load: publishes a value that was read from the database, unless something newer may exist
-- KEYS[1] entry  KEYS[2] region record  KEYS[3] fences
-- ARGV[1] session stamp  ARGV[2] identity of the server the stamp is from  ARGV[3] hash of the key  ARGV[4] ttl ms
-- ARGV[5] horizon micros  ARGV[6] body  ARGV[7] mode, as publish knows it
-- returns: 0 stored, or the reason it was refused (PutOutcome)
local t = now()
local stamp = tonumber(ARGV[1])
local r, refusal = open_to(KEYS[2], KEYS[3], t, stamp, ARGV[2], tonumber(ARGV[5]))
if not r then return refusal end
return publish(KEYS[1], KEYS[3], r, t, stamp, tonumber(ARGV[3]), ARGV[4], ARGV[6], ARGV[7])
