-- Writes all that one gateway holds in a workspace, in place of what it held, also under an
-- earlier id; with nothing to write it removes the gateway from the workspace. Publishes what that
-- changed, if anything.
--
-- KEYS[1]  version   string: the workspace's version
-- KEYS[2]  entries   hash: see apply-changes.lua
-- KEYS[3]  gateways  set: ids of the gateways that may write here
-- ARGV[1]  the workspace's feed channel
-- ARGV[2]  id that is written under; empty: nothing is written
-- ARGV[3]  earlier ids, joined by line feeds, whose entries are removed and which may not write any
--          more; empty: none
-- ARGV[4]  the version is to be larger than this one too
-- ARGV[5…] field, value, field, value, ...: everything the gateway holds
-- Answer   {version, version before}

local channel, id = ARGV[1], ARGV[2]
local earlier = {}
for one in ARGV[3]:gmatch('[^\n]+') do earlier[one] = true end
local keep = {}
for i = 5, #ARGV, 2 do keep[ARGV[i]] = ARGV[i + 1] end

local changes = {}
local function change(field, value)
  changes[#changes + 1] = field
  changes[#changes + 1] = value
end

local held = redis.call('HGETALL', KEYS[2])
for i = 1, #held, 2 do
  local field, value = held[i], held[i + 1]
  local owner = field:match('^.\n([^\n]*)\n')
  if keep[field] == value then
    keep[field] = nil
  elseif owner == id or earlier[owner] then
    if not keep[field] then
      redis.call('HDEL', KEYS[2], field)
      change(field, '')
    end
  end
end
for i = 5, #ARGV, 2 do
  local field = ARGV[i]
  if keep[field] then
    redis.call('HSET', KEYS[2], field, keep[field])
    change(field, keep[field])
  end
end
for one in pairs(earlier) do redis.call('SREM', KEYS[3], one) end
if id ~= '' then redis.call('SADD', KEYS[3], id) end

local before = redis.call('GET', KEYS[1]) or '0'
if #changes == 0 then return { before, before } end
local time = redis.call('TIME')
local version = math.max(tonumber(before) + 1, tonumber(ARGV[4]) + 1, time[1] * 1000000 + time[2])
local text = string.format('%.0f', version)
redis.call('SET', KEYS[1], text)
local message = { text, before }
for _, part in ipairs(changes) do message[#message + 1] = part end
redis.call('SPUBLISH', channel, cjson.encode(message))
return { text, before }
