-- SPDX-License-Identifier: EUPL-1.2
-- What an office would write in an afternoon: key, quota, look-up and audit push in one
-- Redis script (script.lua, loaded once, called by its hash over a kept connection),
-- appendonly with fsync always, so that the audit is on disk before the answer leaves.
-- No agreement, no papers, no precedence, no one-time key, no tree, no CSRF check.
local redis = require "nginx.redis"
ngx.req.read_body()
local form = ngx.req.get_post_args()
local cookie = ngx.var.cookie_sesi
local r = redis:new()
r:set_timeouts(1000, 5000, 5000)
local ok, err = r:connect("unix:" .. os.getenv("RIVAL_SOCKET"))
if not ok then ngx.log(ngx.ERR, err) return ngx.exit(503) end
local re, failed = r:evalsha(os.getenv("RIVAL_SHA"), 1, cookie, form.nik, ngx.today())
r:set_keepalive(60000, 100)
if not re then ngx.log(ngx.ERR, failed) return ngx.exit(503) end
ngx.header["Content-Type"] = "text/html; charset=utf-8"
ngx.header["Cache-Control"] = "no-store"
local out = { "<section><p>", re[1], "</p><dl>" }
for _, v in ipairs(re[2] or {}) do out[#out + 1] = "<dd>" .. tostring(v) .. "</dd>" end
out[#out + 1] = "</dl></section>"
ngx.print(table.concat(out))
