import type { PlanItem, SyncPlan, SyncRules } from '../../common/transfer.ts';
import { blobsText, choiceText, leftOutText, unseenText } from './copy-options.ts';
import { errorDocument, reasonOf } from './failures.ts';
import { counted, shortDigest } from './output.ts';

/** Source and target as the user gave them. */
export interface SyncNames {
  readonly source: string;
  readonly target: string;
}

/** Lines of one kind before a question; `--plan` shows all. */
const LINES = 10;

/** `host/repository:tag` at the target. */
export function targetOf(plan: SyncPlan, { repository, tag }: PlanItem['target']): string {
  return `${plan.target.host}/${repository}:${tag}`;
}

/** Tags that only the target has. */
function extraTags({ target, onlyAtTarget }: SyncPlan): string[] {
  return onlyAtTarget.flatMap(({ repository, tags }) =>
    tags.map((tag) => `${target.host}/${repository}:${tag}`),
  );
}

export function planDocument(plan: SyncPlan, names: SyncNames, items: readonly PlanItem[]): object {
  const { repositories, items: counts, manifests, attached, blobs } = plan;
  return {
    ...names,
    repositories,
    counts,
    manifests,
    attached,
    blobs,
    leftOut: plan.leftOut,
    onlyAtTarget: extraTags(plan),
    items: items.map((item) => ({
      source: `${plan.source.host}/${item.source.repository}:${item.source.reference}`,
      target: targetOf(plan, item.target),
      verdict: item.verdict,
      digest: item.digest ?? null,
      replaces: item.replaces ?? null,
      unseen: item.unseen ? errorDocument(item.unseen) : null,
      attached: item.attached,
      error: item.failure ? errorDocument(item.failure) : null,
    })),
  };
}

/** For people. @param all whether every tag is named that would change */
export function planText(
  plan: SyncPlan,
  { source, target }: SyncNames,
  definition: SyncRules,
  items: readonly PlanItem[],
  all: boolean,
): string[] {
  const limit = all ? Number.POSITIVE_INFINITY : LINES;
  const of = (verdict: PlanItem['verdict']) => items.filter((item) => item.verdict === verdict);
  const name = (item: PlanItem) => targetOf(plan, item.target);
  const extra = extraTags(plan);
  const copied = plan.items.new + plan.items.changed;
  const along = plan.attached > 0 ? `, ${plan.attached} of them attached` : '';
  return [
    `Sync ${source}`,
    `  to ${target}: ${counted(plan.repositories, 'repository', 'repositories')}, ${countsText(plan.items)}`,
    ...choiceText(definition),
    ...(copied > 0
      ? [`  ${counted(plan.manifests, 'manifest')}${along}; ${blobsText(plan.blobs)}`]
      : ['  nothing to copy']),
    ...leftOutText(plan.leftOut).map((line) => `  ${line}`),
    ...(all ? of('new').map((item) => `  new: ${name(item)} (${shortDigest(item.digest ?? '')})`) : []),
    ...some(
      of('changed').map((item) =>
        item.replaces === item.digest
          ? `  changed: what is attached to ${name(item)}`
          : `  changed: ${name(item)} moves away from ${item.replaces}`,
      ),
      limit,
    ),
    ...some(
      items.flatMap((item) => (item.unseen ? [`  ${name(item)}: ${unseenText(item.unseen)}`] : [])),
      limit,
    ),
    ...some(
      of('refused').map(
        (item) => `  refused: ${name(item)}${item.failure ? `: ${reasonOf(item.failure)}` : ''}`,
      ),
      limit,
    ),
    ...(extra.length > 0
      ? [
          `  ${counted(extra.length, 'tag')} only at the target, to be deleted afterwards by a plan of their own:`,
        ]
      : []),
    ...some(
      extra.map((tag) => `    ${tag}`),
      limit,
    ),
  ];
}

/** `3 new, 1 changed, 20 same` */
export function countsText(counts: SyncPlan['items']): string {
  const parts = Object.entries(counts).flatMap(([verdict, count]) =>
    count > 0 ? [`${count} ${verdict}`] : [],
  );
  return parts.join(', ');
}

function some(lines: readonly string[], limit: number): string[] {
  const hidden = lines.length - limit;
  return hidden > 0 ? [...lines.slice(0, limit), `  … and ${hidden} more (--plan names all)`] : [...lines];
}
