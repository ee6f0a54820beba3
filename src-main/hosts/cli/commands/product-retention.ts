import type { ComparedTag, RetentionVerdict } from '../../../common/compared-retention.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { print, printJson } from '../output.ts';
import { savedNamed } from '../saved-rules.ts';
import { Table } from '../table.ts';

export interface RetentionFlags {
  readonly project?: string;
  readonly compare?: string;
}

const VERDICTS: Readonly<Record<RetentionVerdict, string>> = {
  both: 'both',
  registryOnly: 'the registry only',
  ownOnly: 'the rules only',
};

/** What a project's own retention would delete by a dry run made now, beside what saved rules would. Deletes nothing. */
export async function compareRetention(
  context: Context,
  host: string,
  { project, compare = '' }: RetentionFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  if (project === undefined) throw new UsageError('Give --project.');
  const rules = savedNamed(context, host, compare);
  const registry = await context.registry(host, access);
  const compared = await core.products.compareRetention(registry, { project, savedId: rules.id }, { signal });
  if (json) {
    await printJson({ host: registry.host, project, ...compared });
    return;
  }
  const table = new Table(['deleted by', 'tag', 'the rules say']);
  const { both, registryOnly, ownOnly } = compared.counts;
  await print([
    ...table.lines(compared.rows.map((row) => [VERDICTS[row.verdict], nameOf(row), whyOf(row)])),
    ...(compared.more ? ['and more'] : []),
    `${both} by both, ${registryOnly} by the registry only, ${ownOnly} by the rules only`,
  ]);
}

const nameOf = ({ repository, tag, digest }: ComparedTag) =>
  tag === null ? `${repository}@${digest}` : `${repository}:${tag}`;

function whyOf({ why }: ComparedTag): string {
  if (!why) return 'nothing of it';
  return [why.reason, why.rule, why.entry].filter((part) => part !== undefined).join(', ');
}
