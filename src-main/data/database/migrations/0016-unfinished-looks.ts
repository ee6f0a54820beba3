/** Accounts whose images are looked into: a row stays where the program ended in the middle. */
export const unfinishedLooks = `
CREATE TABLE unfinished_looks (account_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;
