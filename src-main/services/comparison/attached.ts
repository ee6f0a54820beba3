import type { AttachedDifference, Comparison, ComparisonSide } from '../../common/comparison.ts';
import { type AttachedManifest, readAttached } from '../../engine/index.ts';
import { ATTACHED_KINDS, type AttachedKind } from '../../engine/vocabulary/attached.ts';
import { failureOf } from '../failure.ts';
import { entriesOf } from '../index-entries.ts';
import type { Side } from './sides.ts';

type Row = AttachedDifference['left'][number];
type Attached = Comparison['attached'];

/**
 * What is attached to either side: that it is there is all that is known.
 *
 * @param digests of the images of a side that are compared
 */
export async function compareAttached(
  sides: Readonly<Record<ComparisonSide, Side>>,
  digests: Readonly<Record<ComparisonSide, readonly string[]>>,
  signal: AbortSignal | undefined,
): Promise<Attached> {
  const [left, right] = await Promise.all([
    attachedTo(sides.left, digests.left, signal),
    attachedTo(sides.right, digests.right, signal),
  ]);
  const kinds = ATTACHED_KINDS.flatMap((kind) => differenceOf(kind, left.attached, right.attached) ?? []);
  const unseen = (['left', 'right'] as const).flatMap((side) =>
    ({ left, right })[side].unseen.map(({ place, problem }) => ({
      side,
      place,
      failure: failureOf(problem),
    })),
  );
  return { kinds, unseen };
}

async function attachedTo(
  { at, source, root }: Side,
  images: readonly string[],
  signal: AbortSignal | undefined,
) {
  const entries = await entriesOf(source, at.repository, root.digest, signal);
  const digests = [...new Set([root.digest, ...images])];
  return await readAttached(
    source,
    at.repository,
    { digests, index: { digest: root.digest, entries } },
    { signal },
  );
}

function differenceOf(
  kind: AttachedKind,
  ones: readonly AttachedManifest[],
  others: readonly AttachedManifest[],
): AttachedDifference | undefined {
  const [left, right] = [rowsOf(kind, ones), rowsOf(kind, others)];
  if (left.length === 0 && right.length === 0) return undefined;
  const digests = (rows: readonly Row[]) => JSON.stringify(rows.map(({ digest }) => digest).sort());
  const both = digests(left) === digests(right) ? 'same' : 'different';
  const state = left.length === 0 ? 'onlyRight' : right.length === 0 ? 'onlyLeft' : both;
  return { kind, state, left, right };
}

function rowsOf(kind: AttachedKind, attached: readonly AttachedManifest[]): Row[] {
  return attached
    .filter((one) => one.kind === kind)
    .map(({ digest, artifactType, created, documents }) => ({
      digest,
      ...(artifactType === undefined ? {} : { artifactType }),
      ...(created === undefined ? {} : { created }),
      formats: [...new Set(documents.flatMap(({ format }) => format ?? []))],
    }));
}
