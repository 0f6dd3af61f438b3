-- replace_record: a node writes a record that all nodes share, unless another one has written it since this one read it
-- KEYS[1] record  ARGV[1] the stamp that the node has seen, 0 for none  ARGV[2] ttl ms  ARGV[3] body
-- returns: 1, or 0 if another stamp stands there: then nothing is written
local t = now()
local text = bytes(KEYS[1], 0, 15)
local seen = string.match(text, '^%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d$') and not forged(tonumber(text), t) and tonumber(text) or 0
if seen ~= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[1], digits(math.max(t, seen + 1)) .. ARGV[3], 'PX', ARGV[2])
return 1
