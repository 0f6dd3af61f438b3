-- remove_result: drops a result that was found stale, unless another has taken its place
-- KEYS[1] entry  KEYS[2] region record  ARGV[1] stamp of the stale result, or nothing for any  ARGV[2] group
-- returns: 1 if it was dropped, else 0
local head = bytes(KEYS[1], 17, 32)
if ARGV[1] ~= '' and head ~= digits(tonumber(ARGV[1])) then return 0 end
drop(KEYS[2], ARGV[2], string.sub(KEYS[1], #KEYS[2] + 2))
if ARGV[1] == '' then tell('E', KEYS[1], nil, KEYS[1]) end
return 1
