/* SPDX-License-Identifier: EUPL-1.2
 * api/json_shape.c - see json_shape.h. */
#include "api/json_shape.h"

bool json_shape_fits(struct str json, int depth_max, int members_max)
{
	int depth = 0, members = 0;
	bool text = false;
	for (size_t i = 0; i < json.n && depth <= depth_max && members <= members_max; i++) {
		char c = json.at[i];
		if (text && c == '\\')
			i++;
		else if (c == '"')
			text = !text;
		else if (!text && (c == '[' || c == '{'))
			depth++, members++;
		else if (!text && (c == ']' || c == '}'))
			depth--;
		else if (!text && c == ',')
			members++;
	}
	return depth <= depth_max && members <= members_max;
}
