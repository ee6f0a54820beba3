import type { ProductChange } from '../../common/product-change.ts';

const ACTS = { create: 'create', change: 'change', delete: 'delete', renew: 'renew the secret of' } as const;

/** `retentionRule`: "retention rule". */
export function kindText(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Of one change what it is about; of several how many there are. */
export function changesText(changes: readonly ProductChange[]): string {
  const [first] = changes;
  if (!first || changes.length > 1) return `${changes.length} changes of what it manages`;
  const within = first.project === undefined ? '' : ` in ${first.project}`;
  return `${ACTS[first.act]} ${kindText(first.kind)} ${first.name}${within}`;
}
