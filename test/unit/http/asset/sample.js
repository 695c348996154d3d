// a comment
/* another
   one */
(function () {
	"use strict";
	var url = "https://example.test/"; // behind code: kept
	var re = /["]x/.test(url);
}());
