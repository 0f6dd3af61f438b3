-- look: tells which entries of one bucket could be served now, and for some time on
-- KEYS[1] region record  KEYS[2...] entries  ARGV[1] identity  ARGV[2] fingerprint of the mapping
-- ARGV[3] how many ms an entry must last
-- returns: a digit for each entry: 1 if it could, else 0
local t = now()
local r = recorded(KEYS[1], t)
if not r or r.identity ~= ARGV[1] or #r.locks > 0 then return string.rep('0', #KEYS - 1) end
local found = {}
for i = 2, #KEYS do
  local e = entry(KEYS[i], t)
  found[i - 1] = e.kind == 'V' and e.generation == r.generation and e.mapping == ARGV[2]
    and lasts(KEYS[i], tonumber(ARGV[3])) and 1 or 0
end
return table.concat(found)
