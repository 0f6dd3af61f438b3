-- release: a transaction is over: its hold goes, and with the last one the entry, or the committed value takes its place
-- KEYS[1] entry  KEYS[2] region record  KEYS[3] fences  KEYS[4] tables, where some are settled in the same step
-- ARGV[1] transaction  ARGV[2] hash of the key  ARGV[3] horizon micros  ARGV[4] ttl ms
-- ARGV[5] stamp of the soft lock that the commit was made under  ARGV[6] body, or nothing
-- ARGV[7...] for the tables: identity, names
-- returns: 0 published, 1 nothing to publish, or why the value was not (ReleaseOutcome); with tables, a text: that, a space, and
-- the stamp up to which results over them are stale
local t = now()
local hash = tonumber(ARGV[2])
local e = entry(KEYS[1], t)
local outcome = 1
if e.kind == 'L' then
  local rest, mine = without(e.holds, ARGV[1], t)
  e.holds = rest
  if #rest > 0 then
    e.concurrent = true
    make_room(KEYS[1])
    write_lock(KEYS[1], e, t, tonumber(ARGV[3]))
    outcome = mine and 2 or 3
  else
    if not mine then
      outcome = 3
    elseif ARGV[6] and ARGV[6] ~= '' then
      local r = region(KEYS[2], KEYS[3], t)
      if e.concurrent then outcome = 2
      elseif e.first ~= tonumber(ARGV[5]) then outcome = 3
      elseif not r or #r.locks > 0 or r.generation ~= e.generation then outcome = 4
      else
        -- The first write, so that a full Redis can refuse the value.
        local set = redis.pcall('SET', KEYS[1], 'V' .. digits(r.generation) .. digits(t) .. ARGV[6], 'PX', ARGV[4])
        outcome = set.err and 5 or 0
      end
    end
    if outcome ~= 0 then redis.call('DEL', KEYS[1]) end
  end
else
  redis.call('DEL', KEYS[1])
  outcome = 3
end
fold(KEYS[3], hash, e.lapsed or 0, t)
advance(KEYS[3], hash, t)
if outcome == 3 then tell('E', KEYS[1], nil, KEYS[1]) end
if KEYS[4] then
  settle(KEYS[4], t, ARGV[7], ARGV[1], 8)
  return outcome .. ' ' .. digits(t)
end
return outcome
