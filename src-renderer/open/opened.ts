import { readPasted } from '../accounts/pasted.ts';

/** A place that a link from outside leads to. */
export interface Opened {
  /** `host[:port]`, as in references. */
  readonly host: string;
  readonly repository?: string;
  /** Tag or digest. */
  readonly reference?: string;
}

const DIGEST = /@([a-z0-9+._-]+:[a-f0-9]{32,})$/i;
const TAG = /\/[^/@]*:([A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/;

/** Reads `registry.example.com/team/app:1.0`, or a part of that. What signs in is left out: anyone can write such a link. */
export function readOpened(text: string): Opened | undefined {
  const pasted = readPasted(text);
  if (!pasted) return undefined;
  const { host, repository } = pasted;
  if (repository === undefined) return { host };
  const reference = DIGEST.exec(text)?.[1] ?? TAG.exec(text)?.[1];
  return { host, repository, ...(reference !== undefined && { reference }) };
}
