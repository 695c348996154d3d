var s = `
  // kept
`;
