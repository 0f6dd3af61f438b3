-- task_acquire: the node may run the task, until its lease lapses
-- KEYS[1] task  ARGV[1] node  ARGV[2] lease micros  ARGV[3] definition: of another one, neither success nor checkpoint counts
-- ARGV[4] for how many micros a success counts  ARGV[5] for how many a checkpoint does  ARGV[6] ttl ms
-- ARGV[7] a stamp: a success counts, too, of a run that began since; 0 for none
-- returns: the lease's token, greater than all before; 0 while another node holds a lease; -1 if a run that counts has succeeded
local t = now()
local task = read_task(KEYS[1], t)
if task.expiry > t and task.node ~= ARGV[1] then return 0 end
local same = task.definition == ARGV[3]
local since = tonumber(ARGV[7])
if same and task.done > 0 and task.done <= t
    and (t - task.done < tonumber(ARGV[4]) or (since > 0 and task.done >= since)) then return -1 end
if not same then redis.call('HDEL', KEYS[1], 'done') end
if not same or task.saved > t or t - task.saved > tonumber(ARGV[5]) then redis.call('HDEL', KEYS[1], 'checkpoint', 'saved') end
-- Not counted up from 1: the hash may have been lost along with its token, while the runner of the lost lease has not.
local token = math.max(t, task.token + 1)
redis.call('HDEL', KEYS[1], 'progress')
redis.call('HSET', KEYS[1], 'token', digits(token), 'expiry', digits(t + tonumber(ARGV[2])), 'node', ARGV[1],
  'definition', ARGV[3], 'begun', digits(t))
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return token
