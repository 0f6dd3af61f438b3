-- pulse: what a heartbeat is through the master of the nodes' list, through another one: messages of that one that were
-- published before have arrived when this one has
-- KEYS[1] a key of a slot of that master  ARGV[1] node  ARGV[2] number of the heartbeat  ARGV[3] number of the master
-- returns: 0
tell('P', KEYS[1], nil, ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])
return 0
