-- Tells a workspace's version, and keeps what is stored of it.
--
-- KEYS[1]  version   string: the workspace's version
-- KEYS[2]  entries   hash: see apply-changes.lua
-- KEYS[3]  gateways  sorted set: see apply-changes.lua
-- ARGV[1]  the keys are kept for so many seconds more
-- Answer   the version, "0" where there is none

for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[1]) end
return redis.call('GET', KEYS[1]) or '0'
