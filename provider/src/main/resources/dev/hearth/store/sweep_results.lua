-- sweep_results: drops a batch of the results that read tables which have changed
-- KEYS[1] region record  KEYS[2] groups  ARGV[1] how many at the most
-- ARGV[2...] names of tables, and behind each the stamp up to which results over it are stale
-- returns: how many were dropped
local stale = {}
for i = 2, #ARGV, 2 do stale[ARGV[i]] = tonumber(ARGV[i + 1]) end

local left = tonumber(ARGV[1])
local groups = on(KEYS[2], 'HGETALL')
for i = 1, #groups, 2 do
  local group, upto = groups[i], 0
  for name in string.gmatch(groups[i + 1], '[^\n]+') do upto = math.max(upto, stale[name] or 0) end
  if not string.match(group, '^%w+$') then
    redis.call('HDEL', KEYS[2], group)
  elseif upto > 0 and left > 0 then
    local hashes = on(group_key(KEYS[1], group), 'ZRANGEBYSCORE', '-inf', upto, 'LIMIT', 0, left)
    for _, hash in ipairs(hashes) do drop(KEYS[1], group, hash) end
    left = left - #hashes
    leave(KEYS[1], group)
  end
end
return tonumber(ARGV[1]) - left
