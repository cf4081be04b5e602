-- Renews one gateway's lease and tells which leases have lapsed.
--
-- KEYS[1]  leases    sorted set: gateway id by the moment its lease lapses, in milliseconds
-- KEYS[2]  epoch     string: a random value that is gone when Redis was emptied
-- ARGV[1]  gateway id
-- ARGV[2]  how long the lease lasts, in milliseconds
-- ARGV[3]  what the epoch becomes where there is none
-- Answer   {epoch, 1 where the lease still stood and else 0, id of a lapsed gateway, ...}

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[2], ARGV[3], 'NX')
local lapses = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
local answer = { redis.call('GET', KEYS[2]), lapses and tonumber(lapses) > now and 1 or 0 }
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  answer[#answer + 1] = id
end
return answer
