-- task_order: somebody wants something done with a task, on all nodes
-- KEYS[1] task  ARGV[1] the order, in words of those who give and take it  ARGV[2] ttl ms
-- ARGV[3] the number of an order that was given before and is gone, which does not replace a later one; 0 for a new order
-- returns: the number of the order that stands now: a stamp, greater than those of the task's orders before
local t = now()
local ordered, number = read_task(KEYS[1], t).ordered, tonumber(ARGV[3])
if number == 0 then number = math.max(t, ordered + 1) end
if ordered >= number then return ordered end
redis.call('HSET', KEYS[1], 'order', digits(number) .. ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return number
