-- Writes all that one gateway holds in a workspace, in place of what it held, also under an
-- earlier id; with nothing to write under, it only removes gateways. Publishes what that changed,
-- if anything.
--
-- KEYS[1]  version   string: the workspace's version
-- KEYS[2]  entries   hash: see apply-changes.lua
-- KEYS[3]  gateways  sorted set: see apply-changes.lua
-- ARGV[1]  the workspace's feed channel
-- ARGV[2]  id that is written under; empty: nothing is written
-- ARGV[3]  ids, joined by line feeds, whose entries are removed and which may not write any more;
--          empty: none
-- ARGV[4]  the version is to be larger than this one too
-- ARGV[5]  the keys are kept for so many seconds more
-- ARGV[6…] field, value, field, value, ...: everything the gateway holds
-- Answer   how many fields of the ids of ARGV[3] were removed; -1 where the gateway may not write: it
--          was removed itself

-- A command that is under way for longer than this, in seconds, is taken for lost.
local FENCED_FOR = 3600

local channel, id = ARGV[1], ARGV[2]
local time = redis.call('TIME')
if id ~= '' then
  local known = redis.call('ZSCORE', KEYS[3], id)
  if known and tonumber(known) > 0 then return -1 end
  redis.call('ZADD', KEYS[3], 0, id)
end
local removed = {}
for one in ARGV[3]:gmatch('[^\n]+') do
  removed[one] = true
  redis.call('ZADD', KEYS[3], time[1], one)
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], 1, time[1] - FENCED_FOR)

local keep = {}
for i = 6, #ARGV, 2 do keep[ARGV[i]] = ARGV[i + 1] end

local changes = {}
local function change(field, value)
  changes[#changes + 1] = field
  changes[#changes + 1] = value
end

local gone = 0
local held = redis.call('HGETALL', KEYS[2])
for i = 1, #held, 2 do
  local field, value = held[i], held[i + 1]
  local owner = field:match('^.\n([^\n]*)\n')
  if keep[field] == value then
    keep[field] = nil
  elseif not keep[field] and (owner == id or removed[owner]) then
    redis.call('HDEL', KEYS[2], field)
    change(field, '')
    if removed[owner] then gone = gone + 1 end
  end
end
for i = 6, #ARGV, 2 do
  local field = ARGV[i]
  if keep[field] then
    redis.call('HSET', KEYS[2], field, keep[field])
    change(field, keep[field])
  end
end

if #changes > 0 then
  local before = redis.call('GET', KEYS[1]) or '0'
  local version = math.max(tonumber(before) + 1, tonumber(ARGV[4]) + 1, time[1] * 1000000 + time[2])
  local text = string.format('%.0f', version)
  redis.call('SET', KEYS[1], text)
  local message = { text, before }
  for _, part in ipairs(changes) do message[#message + 1] = part end
  redis.call('SPUBLISH', channel, cjson.encode(message))
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[5]) end
return gone
