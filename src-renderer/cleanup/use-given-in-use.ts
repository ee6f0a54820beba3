import { useState } from 'react';
import type { InUseFile } from '../../src-main/common/cleanup-run.ts';

/** What is in use elsewhere, as it was given. */
export interface GivenInUse extends InUseFile {
  /** So many are named in it. */
  readonly images: number;
  /** RFC 3339. */
  readonly at: string;
}

/** By account. It is no setting: what is in use changes, so it ends with the window. */
const given = new Map<string, readonly GivenInUse[]>();

/** What was given in this window for a registry's rules: it is there again after a plan or another page. */
export function useGivenInUse(accountId: string) {
  const [list, setList] = useState(() => given.get(accountId) ?? []);
  const give = (file: GivenInUse) =>
    setList((before) => {
      const next = [...before.filter(({ name }) => name !== file.name), file];
      given.set(accountId, next);
      return next;
    });
  return [list, give] as const;
}
