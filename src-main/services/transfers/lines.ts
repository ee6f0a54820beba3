import type { TransferItem as TransferLine } from '../../common/transfer.ts';
import type { NewPlanItem } from '../../data/index.ts';
import type { BlobTask, TransferItem, TransferPlan } from '../../engine/index.ts';
import { failureOf } from '../failure.ts';
import { isToBeCopied } from './work.ts';

/** The lines of a plan; those that write something become steps. */
export function* linesOf({ items }: TransferPlan): Generator<NewPlanItem> {
  const counted = new Set<BlobTask>();
  for (const item of items) {
    const { request, verdict, root, sourceDigest, replaces, unseen, attached, error } = item;
    yield {
      state: verdict,
      acts: isToBeCopied(verdict),
      item: {
        source: request.source,
        target: request.target,
        ...(root === undefined ? {} : { digest: root.digest, mediaType: root.mediaType }),
        ...(sourceDigest === undefined ? {} : { sourceDigest }),
        ...(replaces === undefined ? {} : { replaces }),
        ...(unseen === undefined ? {} : { unseen: failureOf(unseen) }),
        extras: attached,
        ...sizesOf(item, counted),
        ...(error === undefined ? {} : { failure: failureOf(error) }),
      },
    };
  }
}

/** @param counted blobs of the items before it; its own are added */
function sizesOf({ blobs }: TransferItem, counted: Set<BlobTask>): Pick<TransferLine, 'size' | 'bytes'> {
  if (blobs.length === 0) return {};
  const bytes = { present: 0, mount: 0, send: 0 };
  for (const task of blobs) {
    if (counted.has(task)) continue;
    counted.add(task);
    bytes[task.state] += task.descriptor.size;
  }
  return { size: blobs.reduce((total, { descriptor }) => total + descriptor.size, 0), bytes };
}
