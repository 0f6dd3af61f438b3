-- tasks: what the scripts of cluster tasks share
--
-- task    a hash: token(16), expiry(16) and node of the lease, the latter two only while there is one; definition, checkpoint and
--         progress in the runner's words; saved(16), when the checkpoint was; begun(16), when the last run began; done(16), when
--         the last one that succeeded had begun; history, a line for each run, the latest first; order, a stamp(16) and what
--         somebody wants all nodes to do with it

-- What is no stamp of ours is none.
local function task_stamp(text, t)
  if not text or not string.match(text, '^%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d$') or forged(tonumber(text), t) then return 0 end
  return tonumber(text)
end

local function read_task(key, t)
  local names = { 'token', 'expiry', 'node', 'definition', 'saved', 'begun', 'done', 'history', 'order' }
  local values = redis.pcall('HMGET', key, unpack(names))
  if values.err then
    redis.call('DEL', key)
    values = {}
  end
  return {
    token = task_stamp(values[1], t), expiry = task_stamp(values[2], t), node = values[3] or '', definition = values[4] or '',
    saved = task_stamp(values[5], t), begun = values[6] or '', done = task_stamp(values[7], t), history = values[8] or '',
    ordered = task_stamp(values[9] and string.sub(values[9], 1, 16), t)
  }
end

-- Whether this is the token of the latest lease, and that one in force.
local function leads(task, token, t)
  return task.token == tonumber(token) and task.expiry > t
end
