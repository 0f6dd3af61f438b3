-- beat: a node says that it lives, hears itself on the channel that changes are told on, and learns who else lives
-- KEYS[1] nodes  ARGV[1] node  ARGV[2] number of the beat  ARGV[3] lease micros  ARGV[4] what it keeps near and strictly,
-- as hexadecimal digits, or nothing if writers need not wait for it
-- returns: a line for each other node that writers wait for, "node strict"
--
-- A node's field is  since(16) expiry(16) strict.  Since tells for how long the node has been known without a gap: writers
-- that do not know it yet know an older list than that.
local t = now()
local nodes = redis.pcall('HGETALL', KEYS[1])
if nodes.err then
  redis.call('DEL', KEYS[1])
  nodes = {}
end
local since, others = t, {}
for i = 1, #nodes, 2 do
  local begun, expiry, strict = string.match(nodes[i + 1], '^(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d)(%x+)$')
  local live = expiry and tonumber(expiry) > t and not forged(tonumber(expiry), t)
  if nodes[i] == ARGV[1] then
    if live then since = tonumber(begun) end
  elseif live then
    others[#others + 1] = nodes[i] .. ' ' .. strict
  else
    redis.call('HDEL', KEYS[1], nodes[i])
  end
end
if ARGV[4] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[1], digits(since) .. digits(t + tonumber(ARGV[3])) .. ARGV[4])
  redis.call('PEXPIRE', KEYS[1], math.floor(tonumber(ARGV[3]) / 100))
end
tell('B', KEYS[1], nil, ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. digits(since))
return table.concat(others, '\n')
