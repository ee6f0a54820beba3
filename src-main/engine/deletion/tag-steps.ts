import { randomUUID } from 'node:crypto';
import type { AloneBy } from '../vocabulary/deletion.ts';
import type { Contents } from './holdings.ts';
import { TAGS_TOGETHER } from './run.ts';
import { digestAt, type Snapshot, tagsOf } from './snapshot.ts';
import type { TagStep } from './step.ts';

/** One step for each tag, those of a digest one after the other. */
export function tagSteps(
  tags: readonly string[],
  {
    wanted,
    way,
    snapshot,
    contents,
  }: { wanted: ReadonlySet<string>; way: AloneBy | undefined; snapshot: Snapshot; contents: Contents },
): TagStep[] {
  const byDigest = new Map<string, { tag: string; at: string }[]>();
  for (const tag of tags) {
    const at = digestAt(snapshot, tag);
    // A placeholder that a deletion left, which never ended: its tag is still one of what was there.
    const digest = contents.get(at)?.replacedBy?.digest ?? at;
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), { tag, at }]);
  }
  return [...byDigest].flatMap(([digest, going]) => {
    const siblings = tagsOf(snapshot, digest).filter((other) => !wanted.has(other));
    let id = '';
    const isLeft = ({ at }: { at: string }) => (contents.get(at)?.replacedBy === undefined ? 1 : 0);
    going.sort((a, b) => isLeft(a) - isLeft(b));
    return going.map(({ tag, at }, position): TagStep => {
      if (position % TAGS_TOGETHER === 0) id = leftOver(at, wanted, snapshot, contents) ?? randomUUID();
      const replaced = way !== 'name' || contents.get(at)?.replacedBy !== undefined;
      return {
        kind: 'deleteTag',
        tag,
        digest,
        ...(siblings.length > 0 ? { siblings } : {}),
        ...(replaced ? { placeholder: id } : {}),
      };
    });
  });
}

/** The id of a placeholder that an earlier deletion left, where all its tags are to go: it goes with them. */
function leftOver(
  digest: string,
  wanted: ReadonlySet<string>,
  snapshot: Snapshot,
  contents: Contents,
): string | undefined {
  const { replacedBy } = contents.get(digest) ?? {};
  return replacedBy && tagsOf(snapshot, digest).every((tag) => wanted.has(tag)) ? replacedBy.id : undefined;
}
