-- task_renew: the runner lives, and keeps its lease
-- KEYS[1] task  ARGV[1] token  ARGV[2] lease micros
-- returns: 1, or 0 if the lease has lapsed, whether or not another node has one since
local t = now()
if not leads(read_task(KEYS[1], t), ARGV[1], t) then return 0 end
redis.call('HSET', KEYS[1], 'expiry', digits(t + tonumber(ARGV[2])))
return 1
