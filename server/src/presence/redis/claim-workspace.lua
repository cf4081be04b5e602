-- Notes that a gateway may hold something in a workspace, so that whoever removes it looks there.
--
-- KEYS[1]  leases      sorted set: see renew-lease.lua
-- KEYS[2]  workspaces  set: ids of the workspaces that the gateway may hold something in
-- ARGV[1]  gateway id
-- ARGV[2]  workspace id
-- ARGV[3]  the key is kept for so many seconds more
-- Answer   1; 0 where the gateway's lease has lapsed, for it may be under removal already

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lapses = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not lapses or tonumber(lapses) <= now then return 0 end
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
