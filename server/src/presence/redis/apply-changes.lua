-- Writes what changed among one gateway's people in a workspace, and publishes it.
--
-- KEYS[1]  version   string: the workspace's version
-- KEYS[2]  entries   hash: what each gateway holds. Fields, joined by line feeds:
--                    "d", gateway id, document id, user id (a JSON entry)
--                    "c", gateway id, user id (a JSON user)
-- KEYS[3]  gateways  sorted set: gateway ids, by 0 for those that may write here, else by the moment
--                    they were fenced off, in seconds
-- ARGV[1]  the workspace's feed channel
-- ARGV[2]  gateway id
-- ARGV[3]  "1" to become one of the gateways, else "0"
-- ARGV[4]  the version is to be larger than this one too
-- ARGV[5]  the keys are kept for so many seconds more
-- ARGV[6…] field, value, field, value, ... An empty value removes the field.
-- Answer   {version, version before, place, ...}: the places, from 0, of the fields by which a person
--          came into a document in which no gateway had them; {} where the gateway may not write: it
--          was removed

local channel, id = ARGV[1], ARGV[2]
local known = redis.call('ZSCORE', KEYS[3], id)
if known then
  if tonumber(known) > 0 then return {} end
elseif ARGV[3] == '1' then
  redis.call('ZADD', KEYS[3], 0, id)
else
  return {}
end

local time = redis.call('TIME')
local before = redis.call('GET', KEYS[1]) or '0'
local version = math.max(tonumber(before) + 1, tonumber(ARGV[4]) + 1, time[1] * 1000000 + time[2])
local text = string.format('%.0f', version)
redis.call('SET', KEYS[1], text)

local answer = { text, before }
local gateways
for i = 6, #ARGV, 2 do
  local field, value = ARGV[i], ARGV[i + 1]
  if value == '' then
    redis.call('HDEL', KEYS[2], field)
  elseif redis.call('HSET', KEYS[2], field, value) == 1 and field:sub(1, 1) == 'd' then
    -- The field is new: did another gateway have this person in this document?
    gateways = gateways or redis.call('ZRANGEBYSCORE', KEYS[3], 0, 0)
    local rest = field:sub(#id + 3)
    local elsewhere = false
    for _, other in ipairs(gateways) do
      if other ~= id and redis.call('HEXISTS', KEYS[2], 'd\n' .. other .. rest) == 1 then
        elsewhere = true
        break
      end
    end
    if not elsewhere then answer[#answer + 1] = tostring((i - 6) / 2) end
  end
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[5]) end

-- A loop, for unpack fails on long lists.
local message = { text, before }
for i = 6, #ARGV do message[#message + 1] = ARGV[i] end
redis.call('SPUBLISH', channel, cjson.encode(message))
return answer
