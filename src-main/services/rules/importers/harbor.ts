import { z } from 'zod';
import type { CleanupRule, KeepEntry } from '../../../common/cleanup.ts';
import { type Importer, type Note, parsed, THE_REST } from './notes.ts';

const selector = z.looseObject({
  kind: z.string().optional(),
  decoration: z.string(),
  pattern: z.string(),
  extras: z.string().optional(),
});
/** @see Harbor, `GET /retentions/{id}` */
const policy = z.looseObject({
  rules: z
    .array(
      z.looseObject({
        disabled: z.boolean().optional(),
        action: z.string().optional(),
        template: z.string(),
        params: z.record(z.string(), z.unknown()).nullish(),
        tag_selectors: z.array(selector).nullish(),
        scope_selectors: z.record(z.string(), z.array(selector)).nullish(),
      }),
    )
    .min(1),
  trigger: z.looseObject({ settings: z.looseObject({ cron: z.string().nullish() }).nullish() }).nullish(),
});
type Selector = z.infer<typeof selector>;

/**
 * Retention of a project: in the repositories that its rules name, what none of them retains goes. Their names there are without the
 * project's.
 */
export const fromHarbor: Importer = (text, scope, note) => {
  const { rules, trigger } = parsed(text, policy);
  const cron = trigger?.settings?.cron;
  if (cron) note('schedule', cron);
  const byScope = new Map<string, CleanupRule & { keep: KeepEntry[] }>();
  const spared: CleanupRule[] = [];
  let isWhole = true;
  for (const [at, { disabled, action = 'retain', template, params, ...selectors }] of rules.entries()) {
    const name = `rule ${at + 1}: ${template}`;
    if (disabled) note('disabled', name);
    else if (action !== 'retain') note('action', `${name}: ${action}`);
    if (disabled || action !== 'retain') continue;
    const { included, excluded } = repositoriesOf(
      Object.values(selectors.scope_selectors ?? {}).flat(),
      scope,
    );
    if (excluded.length > 0) spared.push({ name: `${name}, except`, repositories: excluded, protect: '*' });
    const key = included.join(' ');
    const rule = byScope.get(key) ?? { name: key, repositories: included, keep: [] };
    byScope.set(key, rule);
    const conditions = conditionsOf(template, params ?? {});
    if (!conditions) {
      note('selector', name);
      isWhole = false;
    } else
      for (const tags of tagsOf(selectors.tag_selectors ?? [], name, note))
        rule.keep.push({ name, tags, ...conditions });
  }
  // Where one of them is left out, what it retains would go with the rest.
  const remove = isWhole ? { delete: [THE_REST] } : {};
  return [...spared, ...[...byScope.values()].map((rule) => ({ ...rule, ...remove }))];
};

function conditionsOf(
  template: string,
  params: Readonly<Record<string, unknown>>,
): Pick<KeepEntry, 'newest' | 'youngerThan' | 'by'> | undefined {
  if (template === 'always') return {};
  const given = z.coerce.number().int().positive().safeParse(params[template]);
  if (!given.success) return undefined;
  switch (template) {
    case 'latestPushedK':
      return { newest: given.data, by: 'pushed' };
    case 'latestPulledN':
      return { newest: given.data, by: 'pulled' };
    case 'nDaysSinceLastPush':
      return { youngerThan: `${given.data}d`, by: 'pushed' };
    case 'nDaysSinceLastPull':
      return { youngerThan: `${given.data}d`, by: 'pulled' };
    default:
      return undefined;
  }
}

function repositoriesOf(
  selectors: readonly Selector[],
  scope: string,
): { included: string[]; excluded: string[] } {
  const below = ({ pattern }: { pattern: string }): string => `${scope || '*'}/${pattern}`;
  const isExcept = ({ decoration }: Selector): boolean => decoration.endsWith('Excludes');
  const included = selectors.filter((one) => !isExcept(one)).map(below);
  return {
    included: included.length > 0 ? included : [below({ pattern: '**' })],
    excluded: selectors.filter(isExcept).map(below),
  };
}

function tagsOf(selectors: readonly Selector[], name: string, note: Note): string[] {
  for (const { extras } of selectors)
    if (extras && /"untagged"\s*:\s*true/.test(extras)) note('untagged', name);
  const matches = selectors.filter(({ decoration }) => decoration === 'matches');
  for (const { decoration, pattern } of selectors)
    if (decoration !== 'matches') note('except', `${name}: ${decoration} ${pattern}`);
  return matches.length === 0 ? ['*'] : matches.map(({ pattern }) => (pattern === '**' ? '*' : pattern));
}
