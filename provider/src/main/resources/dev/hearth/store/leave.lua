-- leave: a node keeps nothing near any more, so that no writer waits for it; those whose list still names it hear of it
-- KEYS[1] nodes  ARGV[1] node
-- returns: 0
redis.pcall('HDEL', KEYS[1], ARGV[1])
tell('G', KEYS[1], nil, ARGV[1])
return 0
