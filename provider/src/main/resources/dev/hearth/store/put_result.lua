-- put_result: publishes a query's result, unless the region was cleared since its session began; whether the result is
-- valid is decided when it is read, by the stamps of its tables
-- KEYS[1] entry  KEYS[2] region record  KEYS[3] fences  KEYS[4] list  KEYS[5] groups  KEYS[6] list of the group
-- ARGV[1] session stamp  ARGV[2] identity of the server the stamp is from  ARGV[3] ttl ms  ARGV[4] horizon micros
-- ARGV[5] body  ARGV[6] group  ARGV[7] names of its tables  ARGV[8] maximum results in the bucket
-- returns: 0 stored, or the reason it was refused (PutOutcome)
local t = now()
local stamp, ttl, horizon = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4])
local r = region(KEYS[2], KEYS[3], t)
if not r then return 1 end
if r.identity ~= ARGV[2] then return 2 end
if stamp > t then return 3 end
if stamp < t - horizon then return 4 end
if r.folded then write_region(KEYS[2], r) end
if stamp <= r.generation then return 5 end
local e = entry(KEYS[1], t)
if e.kind == 'V' and e.generation == r.generation and stamp <= e.stamp then return 9 end

local hash, group = string.sub(KEYS[1], #KEYS[2] + 2), ARGV[6]
redis.call('SET', KEYS[1], 'V' .. digits(r.generation) .. digits(stamp) .. ARGV[5], 'PX', ttl)
if e.kind == 'V' then tell('E', KEYS[1], nil, KEYS[1]) end
on(KEYS[6], 'ZADD', stamp, hash)
on(KEYS[4], 'ZADD', stamp, group .. ':' .. hash)
on(KEYS[5], 'HSET', group, ARGV[7])
local age = ttl + math.floor(horizon / 1000)
for _, key in ipairs({ KEYS[4], KEYS[5], KEYS[6] }) do redis.call('PEXPIRE', key, age) end

-- A few that have surely expired leave with each that comes; and the oldest, where there are too many. What is ahead of
-- TIME is of another server's life or forged: it never ages, and would push out all others.
drop_all(KEYS[2], redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', t - age * 1000, 'LIMIT', 0, 4))
local ahead = redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. digits(t), '+inf', 'LIMIT', 0, 16)
drop_all(KEYS[2], ahead)
local excess = redis.call('ZCARD', KEYS[4]) - tonumber(ARGV[8])
if excess > 0 and #ahead == 0 then drop_all(KEYS[2], redis.call('ZRANGE', KEYS[4], 0, math.min(excess, 16) - 1)) end
return 0
