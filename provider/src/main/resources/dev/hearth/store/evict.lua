-- evict: drops one entry; a soft lock stays, but publishes nothing any more
-- KEYS[1] entry  KEYS[2] region record  KEYS[3] fences  ARGV[1] hash of the key  ARGV[2] horizon micros
-- returns: 1 if a soft lock stands, else 0
local t = now()
local hash = tonumber(ARGV[1])
local e = entry(KEYS[1], t)
local locked = e.kind == 'L' and #e.holds > 0
make_room(KEYS[1])
fold(KEYS[3], hash, e.lapsed or 0, t)
if locked then
  e.concurrent = true
  write_lock(KEYS[1], e, t, tonumber(ARGV[2]))
end
advance(KEYS[3], hash, t)
tell('E', KEYS[1], nil, KEYS[1])
return locked and 1 or 0
