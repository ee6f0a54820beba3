import type { RegistryError } from '../errors.ts';

/** What a manifest holds. */
export interface Holdings {
  /** The manifests below it. */
  contained: ReadonlySet<string>;
  /** Of each manifest, itself and those below: its own bytes and its blobs', by digest. */
  parts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Where it is a placeholder that a deletion left: what it replaced. */
  replacedBy: { digest: string; id: string } | undefined;
  /** Why some or all of what it holds is not known: it may hold anything. */
  unknown?: RegistryError;
  /** Not all of it was seen here: its parts are what a list, or the index that they are in, says they are at most. */
  estimated?: true;
}

/** By digest, for each tagged manifest. */
export type Contents = ReadonlyMap<string, Holdings>;
