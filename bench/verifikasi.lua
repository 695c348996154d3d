-- SPDX-License-Identifier: EUPL-1.2
-- wrk: look-ups through the portal's form, each as another of many user ids, each for
-- another resident, each with a one-time key of its own.
-- Environment: BENCH_SESSIONS (lines "cookie csrf"), BENCH_NIKS (one a line), BENCH_HOST.
local lines = dofile("bench/wrk.lua")
local sessions, niks = {}, {}
local state = 0

function init()
	math.randomseed(seed * 7919 + os.time())
	niks = lines(os.getenv("BENCH_NIKS"))
	local host = os.getenv("BENCH_HOST")
	for _, line in ipairs(lines(os.getenv("BENCH_SESSIONS"))) do
		local cookie, csrf = line:match("^(%S+) (%S+)$")
		local body = "csrf=" .. csrf .. "&document=ktp-el&nik="
		sessions[#sessions + 1] = {
			head = "POST /verifikasi HTTP/1.1\r\nHost: " .. host .. "\r\nCookie: sesi=" .. cookie ..
				"\r\nX-Padan-Bagian: " .. (os.getenv("BENCH_FRAGMENT") or "1") ..
				"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " ..
				(#body + 16 + #"&once=" + 22) .. "\r\n\r\n" .. body,
		}
	end
end

-- A key as the portal makes them: five bytes of milliseconds, eleven random ones.
local letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
local clock, began = os.clock, os.time() * 1000
local function letter(n) return letters:sub(n + 1, n + 1) end
local function once()
	local ms = began + math.floor(clock() * 1000)
	local out = {}
	out[7] = letter(ms % 16 * 4 + math.random(0, 3)) -- 40 bits of time: six characters, and four bits of this one
	ms = math.floor(ms / 16)
	for i = 6, 1, -1 do
		out[i] = letter(ms % 64)
		ms = math.floor(ms / 64)
	end
	for i = 8, 21 do out[i] = letter(math.random(0, 63)) end
	out[22] = letter(math.random(0, 3) * 16)
	return table.concat(out)
end

function request()
	local s = sessions[math.random(#sessions)]
	return s.head .. niks[math.random(#niks)] .. "&once=" .. once()
end

local wrong = 0
function response(status)
	if status ~= 200 then wrong = wrong + 1 end
end
