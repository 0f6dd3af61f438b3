-- sample: what a page of a walk over a master's keys holds of each region, and what memory the master uses
-- KEYS[1] any key of the master  ARGV[1] cursor  ARGV[2] keys in a page, about  ARGV[3] keyspace
-- returns: "next-cursor keys-in-page all-keys bytes-used bytes-at-most", bytes -1 where Redis does not tell; then a line for
--          each region, "keys bytes name"
local page = redis.call('SCAN', ARGV[1], 'COUNT', ARGV[2])
local prefix, counts, sizes = ARGV[3] .. ':{', {}, {}
for _, key in ipairs(page[2]) do
  if string.sub(key, 1, #prefix) == prefix then
    local region = string.match(string.sub(key, #prefix + 1), '^([^{}]+)%.%d+}:')
    if region then
      counts[region] = (counts[region] or 0) + 1
      -- A number, or nothing where the key has just expired, or an error where the user may not ask.
      local size = redis.pcall('MEMORY', 'USAGE', key)
      sizes[region] = (sizes[region] or 0) + (type(size) == 'number' and size or 0)
    end
  end
end
local info = redis.pcall('INFO', 'memory')
if type(info) == 'table' then info = '' end
local lines = { string.format('%s %d %d %s %s', page[1], #page[2], redis.call('DBSIZE'),
  string.match(info, 'used_memory:(%d+)') or '-1', string.match(info, 'maxmemory:(%d+)') or '-1') }
for region, count in pairs(counts) do lines[#lines + 1] = string.format('%d %d %s', count, sizes[region], region) end
return table.concat(lines, '\n')
