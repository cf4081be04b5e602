-- Reads a workspace whole, as of one version.
--
-- KEYS[1]  version   string: the workspace's version
-- KEYS[2]  entries   hash: see apply-changes.lua
-- Answer   {version, field, value, field, value, ...}

local answer = redis.call('HGETALL', KEYS[2])
table.insert(answer, 1, redis.call('GET', KEYS[1]) or '0')
return answer
