-- SPDX-License-Identifier: EUPL-1.2
-- What an office would write in an afternoon: key, quota, look-up and audit push in one
-- Redis script, appendonly with fsync always, so that the audit is on disk before the
-- answer leaves. No agreement, no papers, no precedence, no tree, no CSRF check.
local redis = require "nginx.redis"
ngx.req.read_body()
local form = ngx.req.get_post_args()
local cookie = ngx.var.cookie_sesi
local r = redis:new()
r:set_timeouts(1000, 5000, 5000)
local ok, err = r:connect("unix:" .. (os.getenv("RIVAL_SOCKET") or ngx.config.prefix() .. "redis.sock"))
if not ok then return ngx.exit(503) end
local script = [[
local user = redis.call('GET', 's:' .. KEYS[1])
if not user then return {'03'} end
local used = redis.call('INCR', 'q:' .. user .. ':' .. ARGV[2])
if used > 1000000000 then return {'05'} end
local row = redis.call('HMGET', 'r:' .. ARGV[1], 'kk', 'nama', 'jk', 'tl', 'tgl', 'kerja', 'alamat', 'prop', 'kab', 'nokec', 'kec', 'kel', 'rt', 'rw')
redis.call('RPUSH', 'audit', user .. ' ' .. ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. (row[1] and '01' or '13'))
return {row[1] and '01' or '13', row}
]]
local re = r:eval(script, 1, cookie, form.nik, ngx.today())
r:set_keepalive(60000, 100)
if not re then return ngx.exit(503) end
ngx.header["Content-Type"] = "text/html; charset=utf-8"
ngx.header["Cache-Control"] = "no-store"
ngx.say("<section><p>", re[1], "</p><dl>")
for _, v in ipairs(re[2] or {}) do ngx.say("<dd>", v, "</dd>") end
ngx.say("</dl></section>")
