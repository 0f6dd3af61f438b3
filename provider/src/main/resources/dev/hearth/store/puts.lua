-- puts: what the scripts share that put values which were read from the database; put behind common when they are loaded

-- The region, if anything can be published in it under the stamp; otherwise nil and the reason it is refused (PutOutcome).
local function open_to(record, fences, t, stamp, identity, horizon)
  local r = region(record, fences, t)
  if not r then return nil, 1 end
  if r.identity ~= identity then return nil, 2 end
  if stamp > t then return nil, 3 end
  if stamp < t - horizon then return nil, 4 end
  if r.folded then write_region(record, r) end
  if stamp <= r.generation then return nil, 5 end
  if #r.locks > 0 then return nil, 6 end
  -- What all values of one command have in common.
  r.stripes = stripes_of(fences)
  r.head = 'V' .. digits(r.generation) .. digits(stamp)
  return r
end

-- Publishes a value in a region that is open to it, unless something newer may exist. The mode says what becomes of an
-- older value that stands there: 'load' replaces another one, 'replace' an equal one as well, 'absent' none of the same
-- mapping. An equal one that they leave is as good as new: if more than half of its time is over, that begins anew, and it
-- counts as stored. Answers 0, or the reason it is refused (PutOutcome).
local function publish(key, fences, r, t, stamp, hash, ttl, body, mode)
  local e = entry(key, t)
  if e.kind == 'L' then
    fold(fences, hash, e.lapsed, t)
    if #e.holds > 0 then return 7 end
    redis.call('DEL', key)
  end
  if stamp <= fence(fences, hash, t, r.stripes) then return 8 end
  if e.kind == 'V' and e.generation == r.generation then
    if stamp <= e.stamp then return 9 end
    if mode ~= 'replace' and not lasts(key, ttl / 2) and holds_body(key, body) then
      redis.call('PEXPIRE', key, ttl)
      return 0
    end
    if mode == 'absent' and e.mapping == string.sub(body, 1, 8) then return 9 end
    if mode == 'load' and holds_body(key, body) then return 9 end
  end
  redis.call('SET', key, r.head .. body, 'PX', ttl)
  -- Another value than before, without a lock: somebody has changed the row past us, or maps it otherwise.
  if e.kind == 'V' then tell('E', key, nil, key) end
  return 0
end
