-- task_order: somebody wants something done with a task, on all nodes
-- KEYS[1] task  ARGV[1] the order, in words of those who give and take it  ARGV[2] ttl ms
-- returns: the order's number: a stamp, greater than those of the task's orders before
local t = now()
local number = math.max(t, read_task(KEYS[1], t).ordered + 1)
redis.call('HSET', KEYS[1], 'order', digits(number) .. ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return number
