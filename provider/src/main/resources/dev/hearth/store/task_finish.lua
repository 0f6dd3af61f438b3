-- task_finish: the run is over, and the lease with it; unless it succeeded, the next one goes on from its checkpoint
-- KEYS[1] task  ARGV[1] token  ARGV[2] 1 if it succeeded  ARGV[3] its line for the history, or nothing  ARGV[4] lines to keep  ARGV[5] ttl ms
-- returns: 1, or 0 if the lease has lapsed: then nothing is written
local t = now()
local task = read_task(KEYS[1], t)
if not leads(task, ARGV[1], t) then return 0 end
redis.call('HDEL', KEYS[1], 'expiry', 'node')
if ARGV[2] == '1' then
  redis.call('HDEL', KEYS[1], 'checkpoint', 'saved')
  redis.call('HSET', KEYS[1], 'done', task.begun)
end
if ARGV[3] ~= '' then
  local lines, kept = { ARGV[3] }, tonumber(ARGV[4])
  for line in string.gmatch(task.history, '[^\n]+') do
    if #lines >= kept then break end
    lines[#lines + 1] = line
  end
  redis.call('HSET', KEYS[1], 'history', table.concat(lines, '\n'))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
