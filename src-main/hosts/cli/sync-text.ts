import { referenceAt } from '../../common/place.ts';
import type { SyncPlan, SyncRules, TransferItem } from '../../common/transfer.ts';
import { blobsText, choiceText, keptText, leftOutText, replacedText, unseenText } from './copy-options.ts';
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
export function targetOf({ subject }: SyncPlan, { repository, tag }: TransferItem['target']): string {
  return referenceAt(subject.target, repository, tag);
}

/** Tags that only the target has. */
function extraTags({ subject: { target }, summary: { onlyAtTarget } }: SyncPlan): string[] {
  return onlyAtTarget.flatMap(({ repository, tags }) =>
    tags.map((tag) => `${target.host}/${repository}:${tag}`),
  );
}

export function planDocument(plan: SyncPlan, names: SyncNames, items: readonly TransferItem[]): object {
  const { repositories, manifests, attached, blobs, leftOut } = plan.summary;
  return {
    ...names,
    repositories,
    counts: plan.items.by,
    manifests,
    attached,
    blobs,
    leftOut,
    onlyAtTarget: extraTags(plan),
    items: items.map((item) => ({
      source: referenceAt(plan.subject.source, item.source.repository, item.source.reference),
      target: targetOf(plan, item.target),
      verdict: item.state,
      digest: item.digest ?? null,
      replaces: item.replaces ?? null,
      unseen: item.unseen ? errorDocument(item.unseen) : null,
      attached: item.extras,
      error: item.failure ? errorDocument(item.failure) : null,
    })),
  };
}

/** For people. @param all whether every tag is named that would change */
export function planText(
  plan: SyncPlan,
  { source, target }: SyncNames,
  definition: SyncRules,
  items: readonly TransferItem[],
  all: boolean,
): string[] {
  const limit = all ? Number.POSITIVE_INFINITY : LINES;
  const of = (verdict: TransferItem['state']) => items.filter((item) => item.state === verdict);
  const name = (item: TransferItem) => targetOf(plan, item.target);
  const extra = extraTags(plan);
  const { repositories, manifests, attached, blobs, leftOut } = plan.summary;
  const counts = plan.items.by;
  const copied = (counts.new ?? 0) + (counts.changed ?? 0);
  const along = attached > 0 ? `, ${attached} of them attached` : '';
  return [
    `Sync ${source}`,
    `  to ${target}: ${counted(repositories, 'repository', 'repositories')}, ${countsText(counts)}`,
    ...choiceText(definition),
    ...keptText(plan.subject),
    ...(copied > 0
      ? [`  ${counted(manifests, 'manifest')}${along}; ${blobsText(blobs)}`]
      : ['  nothing to copy']),
    ...leftOutText(leftOut).map((line) => `  ${line}`),
    ...replacedText(plan.summary).map((line) => `  ${line}`),
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
export function countsText(counts: SyncPlan['items']['by']): string {
  const parts = Object.entries(counts).flatMap(([verdict, count]) =>
    count > 0 ? [`${count} ${verdict}`] : [],
  );
  return parts.join(', ');
}

function some(lines: readonly string[], limit: number): string[] {
  const hidden = lines.length - limit;
  return hidden > 0 ? [...lines.slice(0, limit), `  … and ${hidden} more (--plan names all)`] : [...lines];
}
