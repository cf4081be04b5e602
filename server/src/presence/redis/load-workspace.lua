-- Reads a workspace whole, as of one version. One that has none yet begins with the time, so that
-- it is newer than whatever was told of it before Redis was emptied.
--
-- KEYS[1]  version   string: the workspace's version
-- KEYS[2]  entries   hash: see apply-changes.lua
-- KEYS[3]  gateways  sorted set: see apply-changes.lua
-- ARGV[1]  id of the gateway that reads
-- ARGV[2]  a new version is kept for so many seconds
-- Answer   {version, "1" where the gateway may write here and else "0", field, value, ...}

local version = redis.call('GET', KEYS[1])
if not version then
  local time = redis.call('TIME')
  version = string.format('%.0f', time[1] * 1000000 + time[2])
  redis.call('SET', KEYS[1], version, 'EX', ARGV[2])
end
local answer = redis.call('HGETALL', KEYS[2])
table.insert(answer, 1, redis.call('ZSCORE', KEYS[3], ARGV[1]) == '0' and '1' or '0')
table.insert(answer, 1, version)
return answer
