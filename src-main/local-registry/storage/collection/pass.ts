import type { ContentStore } from '../content.ts';
import type { Layout } from '../paths.ts';
import type { Repositories } from '../repositories.ts';
import type { RepositoryFiles } from '../repository-files.ts';
import type { UploadStore } from '../uploads.ts';
import type { Amount, CollectionProgress, UntaggedManifest } from './types.ts';

export interface CollectorParts {
  layout: Layout;
  content: ContentStore;
  uploads: UploadStore;
  repositories: Repositories;
  files: RepositoryFiles;
}

/** One look through the folder. */
export interface Pass {
  /** Removes what it finds; else it only looks. */
  takes: boolean;
  untagged: (repository: string, digest: string) => boolean;
  /** Those of them that stay are wanted as well. */
  named: boolean;
  now: number;
  signal: AbortSignal;
  report: (progress: CollectionProgress) => void;
  /** Content that a repository needs, and what was given to one since the pass began. */
  needed: Set<string>;
  /** Content that a push may rely on. */
  recent: Set<string>;
  manifests: UntaggedManifest[];
  spared: UntaggedManifest[];
  keptManifests: number;
  unreadable: string[];
}

/** Files looked at, or removed, at once. */
const FILES_AT_ONCE = 64;

export async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += FILES_AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + FILES_AT_ONCE).map(work))));
  return results;
}

export function sum(sized: readonly { size: number }[]): Amount {
  return { count: sized.length, bytes: sized.reduce((total, { size }) => total + size, 0) };
}
