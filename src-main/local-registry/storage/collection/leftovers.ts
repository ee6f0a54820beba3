import { lstat, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ifPresent, namesIn } from '../files.ts';
import { type CollectorParts, type Pass, sum } from './pass.ts';
import type { Amount, Leftover } from './types.ts';

/** A file that was not written to its end for so long is of a process that was killed: writing one takes moments. */
const DRAFT_MS = 60 * 60 * 1000;
const IDENTITY_DRAFT = /^identity\.[0-9a-f]{16}$/;

/** Uploads that were given up, and those under way, which stay. */
export async function passUploads(
  { uploads }: CollectorParts,
  pass: Pass,
): Promise<{ open: Amount; expired: Leftover[] }> {
  const expired: Leftover[] = [];
  const open: Leftover[] = [];
  for (const session of await uploads.sessions(pass.now)) {
    const { file, size } = session;
    const goes = session.expired && (!pass.takes || (await uploads.remove(file, pass.now)) !== undefined);
    (goes ? expired : open).push({ file, size });
  }
  return { open: sum(open), expired };
}

/** Files that a process was writing when it was killed. */
export async function passDrafts({ layout }: CollectorParts, pass: Pass): Promise<Leftover[]> {
  const { folder, temporary } = layout;
  const paths = [
    ...(await namesIn(temporary)).map((name) => join(temporary, name)),
    ...(await namesIn(folder)).filter((name) => IDENTITY_DRAFT.test(name)).map((name) => join(folder, name)),
  ];
  const drafts: Leftover[] = [];
  for (const path of paths) {
    const found = await ifPresent(lstat(path));
    if (!found || pass.now - found.mtimeMs < DRAFT_MS) continue;
    if (pass.takes) await rm(path, { recursive: true, force: true });
    drafts.push({ file: basename(path), size: found.size });
  }
  return drafts;
}
