import type { TagChanges, Trash } from '../../data/index.ts';
import { type BeforeTag, lookAt, RegistryError, type TransferItem } from '../../engine/index.ts';
import { readForTrash } from '../restoring/keep.ts';
import type { RegistryHandle } from '../types.ts';

/**
 * Keeps what tags point at before a transfer moves them, so that it can be taken back: the digests, and the manifests with their
 * children.
 *
 * @param items looked at moments ago; tags beside theirs (of signatures, lists of referrers) are looked at when they are written
 */
export function tagKeeper(
  items: readonly TransferItem[],
  {
    operationId,
    target,
    trash,
    tagChanges,
    durable,
  }: {
    operationId: string;
    target: RegistryHandle;
    trash: Trash;
    tagChanges: TagChanges;
    durable: () => Promise<void>;
  },
): BeforeTag {
  const planned = new Map(
    items.map((item) => [`${item.request.target.repository} ${item.request.target.tag}`, item]),
  );
  return async (repository, tag, digest, signal) => {
    const item = planned.get(`${repository} ${tag}`);
    const seen =
      item && !item.unseen
        ? { before: item.replaces ?? null, blind: false }
        : await look(target, repository, tag, signal);
    const { before, blind } = seen;
    if (before === digest) return;
    // Somebody may have protected it since this was planned.
    if ((before !== null || blind) && target.protects(repository, tag))
      throw new RegistryError('protectedTag', '', { reason: `Protected: ${repository}:${tag}.` });
    const change = { repository, reference: tag, before, after: digest };
    if (before === null) tagChanges.begin(operationId, [change], { blind });
    else
      trash.keep(operationId, repository, await readForTrash(target, repository, before, signal), [change]);
    await durable();
  };
}

async function look(
  { reader }: RegistryHandle,
  repository: string,
  tag: string,
  signal: AbortSignal,
): Promise<{ before: string | null; blind: boolean }> {
  const { found, unseen } = await lookAt(reader.head(repository, tag, signal));
  return { before: found?.digest ?? null, blind: unseen !== undefined };
}
