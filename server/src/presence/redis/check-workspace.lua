-- Tells a workspace's version, and keeps what is stored of it.
--
-- KEYS[1]  version   string: the workspace's version
-- KEYS[2]  entries   hash: see apply-changes.lua
-- KEYS[3]  gateways  sorted set: see apply-changes.lua
-- ARGV[1]  the keys are kept for so many seconds more
-- Answer   {version, id of a gateway that may write here, ...}; the version is "0" where there is none

for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[1]) end
local answer = redis.call('ZRANGEBYSCORE', KEYS[3], 0, 0)
table.insert(answer, 1, redis.call('GET', KEYS[1]) or '0')
return answer
