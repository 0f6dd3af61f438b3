-- task_checkpoint: the runner says how far it is, and keeps its lease
-- KEYS[1] task  ARGV[1] token  ARGV[2] lease micros  ARGV[3] progress  ARGV[4] checkpoint, or nothing if there is none to go on from
-- returns: 1, or 0 if the lease has lapsed: then nothing is written
local t = now()
if not leads(read_task(KEYS[1], t), ARGV[1], t) then return 0 end
redis.call('HSET', KEYS[1], 'expiry', digits(t + tonumber(ARGV[2])), 'progress', ARGV[3])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'checkpoint', ARGV[4], 'saved', digits(t)) end
return 1
