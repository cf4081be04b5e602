-- Takes a gateway out of the leases, when nothing of it is left anywhere.
--
-- KEYS[1]  leases    sorted set: see renew-lease.lua
-- ARGV[1]  gateway id
-- Answer   1 where it was there, else 0

return redis.call('ZREM', KEYS[1], ARGV[1])
