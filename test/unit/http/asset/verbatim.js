// SPDX-License-Identifier: EUPL-1.2
var s = `
  // kept
`;
