import { chmodSync, closeSync, openSync } from 'node:fs';

/** What is kept names registries, repositories and people: its owner reads it and no one else. */
const OWNER_ONLY = 0o600;

/** Makes a file readable by its owner only, whatever the mode of its folder, and an empty one where there is none. */
export function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', OWNER_ONLY));
  // One that an earlier version made, or that a backup put back.
  chmodSync(file, OWNER_ONLY);
}
