import type { Candidates } from '../../data/index.ts';
import { lookAt, subjectOfTag } from '../../engine/index.ts';
import { inParallel } from '../parallel.ts';
import type { RegistryHandle } from '../types.ts';

/** Digests asked for at a time. */
const READS = 8;

/** Digests that something of a repository is attached to, and that the registry has not: nothing known there is or holds them, so it is asked. */
export async function goneSubjects(
  { reader }: RegistryHandle,
  repository: string,
  { tags, untagged }: Candidates,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const there = new Set([...tags, ...untagged].flatMap(({ digest, holds = [] }) => [digest, ...holds]));
  const named = [...tags.map(({ name }) => subjectOfTag(name)), ...untagged.map(({ subject }) => subject)];
  const asked = new Set(named.filter((digest) => digest !== undefined && !there.has(digest)));
  const gone = new Set<string>();
  const looks = inParallel([...asked], READS, signal, async (digest = '', stop) => ({
    digest,
    ...(await lookAt(reader.head(repository, digest, stop))),
  }));
  // One that the registry does not show may be there.
  for await (const { digest, found, unseen } of looks) if (!found && !unseen) gone.add(digest);
  return gone;
}
