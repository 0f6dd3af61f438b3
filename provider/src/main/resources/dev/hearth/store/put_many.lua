-- put_many: publishes values of one bucket that were read from the database, each unless something newer may exist
-- KEYS[1] region record  KEYS[2] fences  KEYS[3...] entries
-- ARGV[1] session stamp  ARGV[2] identity of the server the stamp is from  ARGV[3] ttl ms  ARGV[4] horizon micros
-- ARGV[5] mode, as publish knows it  ARGV[6...] of each entry the hash of its key, and its body
-- returns: a digit for each entry: 0 stored, or the reason it was refused (PutOutcome)
local t = now()
local stamp = tonumber(ARGV[1])
local r, refusal = open_to(KEYS[1], KEYS[2], t, stamp, ARGV[2], tonumber(ARGV[4]))
if not r then return string.rep(refusal, #KEYS - 2) end
local outcomes = {}
for i = 3, #KEYS do
  outcomes[i - 2] = publish(KEYS[i], KEYS[2], r, t, stamp, tonumber(ARGV[i * 2]), ARGV[3], ARGV[i * 2 + 1], ARGV[5])
end
return table.concat(outcomes)
