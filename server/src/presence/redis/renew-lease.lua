-- Renews one gateway's lease and tells which leases have lapsed. A lease that has lapsed, or was
-- never taken, is not renewed: whoever finds it removes what that gateway held, at any time.
--
-- KEYS[1]  leases      sorted set: gateway id by the moment its lease lapses, in milliseconds
-- KEYS[2]  epoch       string: a random value that is gone when Redis was emptied
-- KEYS[3]  workspaces  set: see claim-workspace.lua
-- ARGV[1]  gateway id
-- ARGV[2]  how long the lease lasts, in milliseconds
-- ARGV[3]  what the epoch becomes where there is none
-- ARGV[4]  "1" to take a lease under an id that never had one, else "0"
-- ARGV[5]  the keys are kept for so many seconds more
-- Answer   {epoch, 1 where the lease stands and else 0, how many have lapsed, id of a gateway with a
--          lease, ...}: those that have lapsed first

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lapses = redis.call('ZSCORE', KEYS[1], ARGV[1])
local stands = ARGV[4] == '1' or (lapses and tonumber(lapses) > now)
if stands then redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1]) end
redis.call('SET', KEYS[2], ARGV[3], 'NX')
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[5]) end
local answer = { redis.call('GET', KEYS[2]), stands and 1 or 0, redis.call('ZCOUNT', KEYS[1], '-inf', now) }
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do answer[#answer + 1] = id end
return answer
