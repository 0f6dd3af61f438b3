-- beat: a node says that it lives, hears itself on the channel that changes are told on, and learns who else lives
-- KEYS[1] nodes  ARGV[1] node  ARGV[2] number of the beat  ARGV[3] lease micros  ARGV[4] what it keeps near and strictly,
-- as hexadecimal digits, or nothing if writers need not wait for it
-- returns: the lease of all nodes in micros, since when the list has been there, and a line for each other node that writers wait for, "node strict"
--
-- field   a node   since(16) expiry(16) strict   since tells for how long the node has been known without a gap: writers that
--                                                do not know it yet know an older list than that
--         #        lease(16) since(16)           as the first node has set it: writers outwait the leases of others
local t = now()
local nodes = redis.pcall('HGETALL', KEYS[1])
if nodes.err then
  redis.call('DEL', KEYS[1])
  nodes = {}
end
local since, lease, born, others = t, nil, nil, {}
for i = 1, #nodes, 2 do
  local begun, expiry, strict = string.match(nodes[i + 1], '^(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%x+)$')
  local live = expiry and tonumber(expiry) > t and not forged(tonumber(expiry), t)
  if nodes[i] == '#' then
    lease, born = string.match(nodes[i + 1], '^(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)$')
    lease = tonumber(lease)
  elseif nodes[i] == ARGV[1] then
    if live then since = tonumber(begun) end
  elseif live then
    others[#others + 1] = nodes[i] .. ' ' .. strict
  else
    redis.call('HDEL', KEYS[1], nodes[i])
  end
end
if not lease or lease == 0 or lease > 60000000 then
  lease, born = tonumber(ARGV[3]), digits(t)
  redis.call('HSET', KEYS[1], '#', digits(lease) .. born)
end
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], ARGV[1], digits(since) .. digits(t + lease) .. ARGV[4]) end
redis.call('PEXPIRE', KEYS[1], math.floor(lease / 100))
tell('B', KEYS[1], nil, ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. digits(since))
if NUMBERED then redis.call('PEXPIRE', KEYS[1] .. '!', math.floor(lease / 100)) end
table.insert(others, 1, string.format('%.0f', lease) .. ' ' .. born)
return table.concat(others, '\n')
