-- SPDX-License-Identifier: EUPL-1.2
-- wrk: inquiries of programs (kesesuaian), each as another of many service user ids, each
-- about another resident, each with a transactionId of its own; five elements are asked.
-- Environment: BENCH_SECRETS (lines "instansi user_id secret"), BENCH_NIKS (one a line), BENCH_HOST,
-- BENCH_METHOD (CALL_VERIFY_BY_ELEMEN).
local lines = dofile("bench/wrk.lua")
local programs, niks = {}, {}
local count = 0

local said = ',"NAMA_LGKP":"SITI AMINAH WULANDARI","TMPT_LHR":"BANJARNEGARA","TGL_LHR":"01-01-1990",' ..
	'"ALAMAT":"JL. MERDEKA NO. 12","NO_RT":"003","TRESHOLD":"90","transactionId":"'

function init()
	math.randomseed(seed * 7919 + os.time())
	niks = lines(os.getenv("BENCH_NIKS"))
	local host, method = os.getenv("BENCH_HOST"), os.getenv("BENCH_METHOD") or "CALL_VERIFY_BY_ELEMEN"
	for _, line in ipairs(lines(os.getenv("BENCH_SECRETS"))) do
		local code, user_id, secret = line:match("^(%S+) (%S+) (%S+)$")
		local body = '{"user_id":"' .. user_id .. '","password":"' .. secret .. '","IP_USER":"127.0.0.1"' .. said
		programs[#programs + 1] = {
			head = "POST /dukcapil/get_json/" .. code .. "/" .. method .. " HTTP/1.1\r\nHost: " .. host ..
				"\r\nContent-Type: application/json\r\nContent-Length: " ..
				(#body + 16 + #'","NIK":"' + 16 + #'"}') .. "\r\n\r\n" .. body,
		}
	end
end

function request()
	count = count + 1
	local p = programs[math.random(#programs)]
	return p.head .. string.format("%08x%08x", os.time() % 2 ^ 32, count * 64 + seed) .. '","NIK":"' .. niks[math.random(#niks)] .. '"}'
end

local wrong = 0
function response(status)
	if status ~= 200 then wrong = wrong + 1 end
end
