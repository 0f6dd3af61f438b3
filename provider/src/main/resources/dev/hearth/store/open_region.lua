-- open_region: begins a region's bucket where it has no record, no fences, or those of another server's life
-- KEYS[1] region record  KEYS[2] fences  ARGV[1] identity  ARGV[2] buckets  ARGV[3] stripes
-- returns: the number of buckets that the record has settled on
local r, changed = begin_region(KEYS[1], KEYS[2], now(), ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]))
if changed then
  write_region(KEYS[1], r)
  tell('R', KEYS[1], nil, KEYS[1])
end
return tonumber(r.buckets)
