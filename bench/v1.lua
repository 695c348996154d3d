-- SPDX-License-Identifier: EUPL-1.2
-- wrk: inquiries of programs through /api/v1, each with another of many access tokens, each
-- about another resident, each with an Idempotency-Key of its own; kesesuaian asks for the
-- five elements of kesesuaian.lua.
-- Environment: BENCH_TOKENS (one a line), BENCH_NIKS (one a line), BENCH_HOST, BENCH_METHOD (verifikasi).
local lines = dofile("bench/wrk.lua")
local programs, niks = {}, {}
local count = 0

local said = {
	verifikasi = '"}',
	kesesuaian = '","ambang":90,"elemen":{"nama_lgkp":"SITI AMINAH WULANDARI","tmpt_lhr":"BANJARNEGARA","tgl_lhr":"01-01-1990",' ..
		'"alamat":"JL. MERDEKA NO. 12","no_rt":"003"}}',
}
local tail

function init()
	math.randomseed(seed * 7919 + os.time())
	niks = lines(os.getenv("BENCH_NIKS"))
	local host, method = os.getenv("BENCH_HOST"), os.getenv("BENCH_METHOD") or "verifikasi"
	tail = said[method]
	for _, token in ipairs(lines(os.getenv("BENCH_TOKENS"))) do
		programs[#programs + 1] = "POST /api/v1/" .. method .. " HTTP/1.1\r\nHost: " .. host .. "\r\nAuthorization: Bearer " .. token ..
			"\r\nContent-Type: application/json\r\nContent-Length: " .. (#'{"nik":"' + 16 + #tail) .. "\r\nIdempotency-Key: "
	end
end

function request()
	count = count + 1
	local key = string.format("%08x%08x", os.time() % 2 ^ 32, count * 64 + seed)
	return programs[math.random(#programs)] .. key .. '\r\n\r\n{"nik":"' .. niks[math.random(#niks)] .. tail
end

local wrong = 0
function response(status)
	if status ~= 200 then wrong = wrong + 1 end
end
