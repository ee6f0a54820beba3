import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { digestOf } from '../../model/digest.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { FieldsOf } from '../../resource-kinds.ts';
import { API, BY_NAME, change, make, ONE_BYTES_MAX, partsOfId, projectPath } from './api.ts';
import type { MayInProject, Rights } from './rights.ts';
import { nameOfPatterns, patternsOf, selecting, selectorsOf, takesUntagged } from './selectors.ts';

/** What rules keep, with what Harbor calls it; the number that goes with it has the same name. */
const TEMPLATES = {
  always: 'always',
  latestPushed: 'latestPushedK',
  latestPulled: 'latestPulledN',
  daysSincePush: 'nDaysSinceLastPush',
  daysSincePull: 'nDaysSinceLastPull',
} as const;
type Keeps = keyof typeof TEMPLATES;

const rule = z.looseObject({
  template: z.string(),
  params: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  disabled: z.boolean().optional().catch(undefined),
  ...selecting,
});
type Rule = z.infer<typeof rule>;
/** With all that it says: it is written back whole. */
const policy = z.looseObject({
  id: z.number().int(),
  rules: z.array(rule).nullish(),
  trigger: z
    .looseObject({
      settings: z
        .looseObject({ cron: z.string().catch('') })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});
type Policy = z.infer<typeof policy>;
const project = z.object({
  project_id: z.number().int().positive(),
  metadata: z
    .object({ retention_id: z.string().regex(/^\d+$/).optional() })
    .nullish()
    .catch(undefined),
});

/** A project's rules of retention. Harbor gives them no number, but has no two that say the same: one is known by what it says. */
export class Retention {
  readonly #api: ProductApi;

  constructor(api: ProductApi) {
    this.#api = api;
  }

  /** Undefined where the project has none. @throws {RegistryError} */
  async id(name: string, signal: AbortSignal | undefined): Promise<{ project: number; id?: string }> {
    const asked = { method: 'GET', url: projectPath(name), headers: BY_NAME, signal } as const;
    const found = await this.#api.json(asked, project, { maxBytes: ONE_BYTES_MAX });
    const id = found.metadata?.retention_id;
    return { project: found.project_id, ...(id === undefined ? {} : { id }) };
  }

  async policy(name: string, signal: AbortSignal | undefined): Promise<Policy | undefined> {
    const { id } = await this.id(name, signal);
    if (id === undefined) return undefined;
    const asked = { method: 'GET', url: `${API}/retentions/${id}`, signal } as const;
    return await this.#api.json(asked, policy, { maxBytes: ONE_BYTES_MAX });
  }

  /** Writes it anew from what it is now; makes it where there is none. @throws {RegistryError} */
  async write(
    name: string,
    next: (now: Pick<Policy, 'rules' | 'trigger'>) => Partial<Policy>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const now = await this.policy(name, signal);
    if (now) {
      const body = { ...now, ...next(now) };
      await change(this.#api, 'PUT', { url: `${API}/retentions/${now.id}`, body, signal });
      return;
    }
    const { project: ref } = await this.id(name, signal);
    const none = { rules: [], trigger: { kind: 'Schedule', settings: { cron: '' }, references: {} } };
    const body = { algorithm: 'or', scope: { level: 'project', ref }, ...none, ...next(none) };
    await make(this.#api, { url: `${API}/retentions`, body, signal });
  }
}

/** @see Harbor API v2.0, `/retentions` */
export function retentionRuleResources(retention: Retention, rights: Rights): Resources<'retentionRule'> {
  const rulesOf = async (name: string, signal: AbortSignal | undefined) =>
    (await retention.policy(name, signal))?.rules ?? [];
  /** @param next what the rules are then, and which of them is written @returns its id, by what Harbor makes of it */
  const write = async (
    name: string,
    next: (rules: Rule[]) => [Rule[], number],
    signal: AbortSignal | undefined,
  ) => {
    let position = 0;
    const body = (before: Rule[]) => {
      const [rules, at] = next(before);
      position = at;
      return { rules };
    };
    await retention.write(name, ({ rules }) => body(rules ?? []), signal);
    return { id: idOf(name, ruleAt(await rulesOf(name, signal), position)) };
  };
  return {
    scopes: ['project'],
    fields: [
      'keeps',
      'amount',
      'repositories',
      'repositoriesExcept',
      'tags',
      'tagsExcept',
      'untagged',
      'disabled',
    ],
    async *list({ project: name }, signal) {
      if (name === undefined) return;
      const may = await rights.inProject(name, signal);
      const rules = await rulesOf(name, signal);
      if (rules.length > 0) yield rules.map((one) => resourceOf(name, one, may));
    },
    async read(id, signal) {
      const [name] = partsOfId(id);
      const rules = await rulesOf(name, signal);
      const position = positionOf(rules, name, id);
      return resourceOf(name, ruleAt(rules, position), await rights.inProject(name, signal));
    },
    async mayCreate({ project: name }, signal) {
      if (name === undefined) return 'unsupported';
      return (await rights.inProject(name, signal))('tag-retention', 'create');
    },
    create: ({ project: name = '' }, { fields }, signal) =>
      write(name, (rules) => [[...rules, ruleOf(fields)], rules.length], signal),
    async change(id, fields, signal) {
      const [name] = partsOfId(id);
      const next = (rules: Rule[]): [Rule[], number] => {
        const position = positionOf(rules, name, id);
        return [rules.with(position, ruleOf(fields, ruleAt(rules, position))), position];
      };
      return await write(name, next, signal);
    },
    async delete(id, signal) {
      const [name] = partsOfId(id);
      const next = (rules: Rule[]) => rules.toSpliced(positionOf(rules, name, id), 1);
      await retention.write(name, ({ rules }) => ({ rules: next(rules ?? []) }), signal);
    },
  };
}

/** When a project's retention runs by itself. */
export function retentionScheduleResources(
  retention: Retention,
  rights: Rights,
): Resources<'retentionSchedule'> {
  const read = async (name: string, signal: AbortSignal | undefined) => {
    const [found, may] = await Promise.all([retention.policy(name, signal), rights.inProject(name, signal)]);
    return {
      kind: 'retentionSchedule',
      id: name,
      name,
      project: name,
      fields: { cron: found?.trigger?.settings?.cron || null },
      may: { change: may('tag-retention', 'update') },
    } as const;
  };
  return {
    scopes: ['project'],
    fields: ['cron'],
    async *list({ project: name }, signal) {
      if (name !== undefined) yield [await read(name, signal)];
    },
    read,
    mayCreate: async () => 'builtIn',
    async change(name, { cron }, signal) {
      if (cron === undefined) return;
      await retention.write(
        name,
        ({ trigger }) => ({
          trigger: { kind: 'Schedule', ...trigger, settings: { ...trigger?.settings, cron: cron ?? '' } },
        }),
        signal,
      );
    },
  };
}

function idOf(project: string, one: Rule): string {
  const [, said = ''] = digestOf(Buffer.from(JSON.stringify(one))).split(':');
  return `${project}/${said.slice(0, 16)}`;
}

/** @throws {RegistryError} `notFound` */
function positionOf(rules: readonly Rule[], project: string, id: string): number {
  const position = rules.findIndex((one) => idOf(project, one) === id);
  ruleAt(rules, position);
  return position;
}

function ruleAt(rules: readonly Rule[], position: number): Rule {
  const found = rules[position];
  if (found) return found;
  throw new RegistryError('notFound', '', { reason: 'There is no such rule.' });
}

function resourceOf(project: string, one: Rule, may: MayInProject): Resource<'retentionRule'> {
  const fields = fieldsOf(one);
  return {
    kind: 'retentionRule',
    id: idOf(project, one),
    name: nameOfPatterns(fields),
    project,
    fields,
    may: { change: may('tag-retention', 'update'), delete: may('tag-retention', 'update') },
  };
}

function fieldsOf(one: Rule): FieldsOf<'retentionRule'> {
  const [keeps] = (Object.keys(TEMPLATES) as Keeps[]).filter((name) => TEMPLATES[name] === one.template);
  const amount = one.params?.[one.template];
  return {
    ...(keeps === undefined ? {} : { keeps }),
    ...(typeof amount === 'number' ? { amount } : {}),
    ...patternsOf(one),
    untagged: takesUntagged(one),
    disabled: one.disabled ?? false,
  };
}

/** @throws {RegistryError} `refused` for a rule of a kind that is not known, whose meaning would be changed unseen */
function ruleOf(wanted: FieldsOf<'retentionRule'>, before?: Rule): Rule {
  const was = before ? fieldsOf(before) : {};
  const { keeps, amount, disabled, untagged = false, ...patterns } = { ...was, ...wanted };
  if (keeps == null) throw new RegistryError('refused', '', { reason: 'What the rule keeps is not said.' });
  const template = TEMPLATES[keeps];
  return {
    ...before,
    action: 'retain',
    template,
    params: keeps === 'always' ? {} : { [template]: amount ?? 1 },
    disabled: disabled ?? false,
    ...selectorsOf({ ...patterns, untagged }, {}),
  };
}
