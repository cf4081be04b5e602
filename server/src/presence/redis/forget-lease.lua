-- Takes a gateway out of the leases, when nothing of it is left in any workspace.
--
-- KEYS[1]  leases      sorted set: see renew-lease.lua
-- KEYS[2]  workspaces  set: see claim-workspace.lua
-- ARGV[1]  gateway id
-- Answer   1 where it was there, else 0

redis.call('DEL', KEYS[2])
return redis.call('ZREM', KEYS[1], ARGV[1])
