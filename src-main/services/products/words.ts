import type { ProductChange } from '../../common/product-change.ts';

const ACTS = { create: 'create', change: 'change', delete: 'delete', renew: 'renew the secret of' } as const;

/** `retentionRule`: "retention rule". */
export function kindText(kind: string): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What the first of them is about, and how many more there are. */
export function changesText([first, ...others]: readonly ProductChange[]): string {
  if (!first) return 'nothing';
  const within = first.project === undefined ? '' : ` in ${first.project}`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${ACTS[first.act]} ${kindText(first.kind)} ${first.name}${within}${more}`;
}
