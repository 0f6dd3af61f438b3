-- put_from_load: publishes a value that was read from the database, unless something newer may exist
-- KEYS[1] entry  KEYS[2] region record  KEYS[3] fences
-- ARGV[1] session stamp  ARGV[2] identity of the server the stamp is from  ARGV[3] hash of the key  ARGV[4] ttl ms
-- ARGV[5] horizon micros  ARGV[6] body
-- ARGV[7] what becomes of an older value that stands there: 'load' replaces another one, 'replace' an equal one as well,
--         'absent' none of the same mapping
-- returns: 0 stored, or the reason it was refused (PutOutcome)
local t = now()
local stamp, hash = tonumber(ARGV[1]), tonumber(ARGV[3])
local r = region(KEYS[2], KEYS[3], t)
if not r then return 1 end
if r.identity ~= ARGV[2] then return 2 end
if stamp > t then return 3 end
if stamp < t - tonumber(ARGV[5]) then return 4 end
if r.folded then write_region(KEYS[2], r) end
if stamp <= r.generation then return 5 end
if #r.locks > 0 then return 6 end

local e = entry(KEYS[1], t)
if e.kind == 'L' then
  fold(KEYS[3], hash, e.lapsed, t)
  if #e.holds > 0 then return 7 end
  redis.call('DEL', KEYS[1])
end
if stamp <= fence(KEYS[3], hash, t) then return 8 end
if e.kind == 'V' and e.generation == r.generation then
  if stamp <= e.stamp then return 9 end
  if ARGV[7] == 'absent' and e.mapping == string.sub(ARGV[6], 1, 8) then return 9 end
  if ARGV[7] == 'load' and holds_body(KEYS[1], ARGV[6]) then return 9 end
end
redis.call('SET', KEYS[1], 'V' .. digits(r.generation) .. digits(stamp) .. ARGV[6], 'PX', ARGV[4])
-- Another value than before, without a lock: somebody has changed the row past us, or maps it otherwise.
if e.kind == 'V' then tell('E', KEYS[1], nil, KEYS[1]) end
return 0
