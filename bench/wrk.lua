-- SPDX-License-Identifier: EUPL-1.2
-- What the scripts of wrk begin with: a seed a thread, and the lines of a file.
local threads = 0

function setup(thread)
	threads = threads + 1
	thread:set("seed", threads)
end

return function(path)
	local all = {}
	for line in io.lines(path) do all[#all + 1] = line end
	return all
end
