-- SPDX-License-Identifier: EUPL-1.2
-- The rival's one Redis script: key, quota, look-up and audit push.
local user = redis.call('GET', 's:' .. KEYS[1])
if not user then return {'03'} end
local used = redis.call('INCR', 'q:' .. user .. ':' .. ARGV[2])
if used > 1000000000 then return {'05'} end
local row = redis.call('HMGET', 'r:' .. ARGV[1], 'kk', 'nama', 'jk', 'tl', 'tgl', 'kerja', 'alamat', 'prop', 'kab', 'nokec', 'kec', 'kel', 'rt', 'rw')
redis.call('RPUSH', 'audit', user .. ' ' .. ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. (row[1] and '01' or '13'))
return {row[1] and '01' or '13', row}
