import { z } from 'zod';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { FieldsOf, Permission } from '../../resource-kinds.ts';
import { API, apiPages, change, make, numberIn, ONE_BYTES_MAX } from './api.ts';
import { endpointNames } from './names.ts';
import { endpointNumber } from './projects.ts';
import type { Rights } from './rights.ts';

const TRIGGERS = { manual: 'manual', scheduled: 'scheduled', event: 'event_based' } as const;
type Trigger = keyof typeof TRIGGERS;

const side = z
  .looseObject({ id: z.number().int(), name: z.string().catch('') })
  .nullish()
  .catch(undefined);
const filter = z.looseObject({
  type: z.string(),
  value: z.unknown(),
  decoration: z.string().optional().catch(undefined),
});
/** With all that it says: what is changed is sent back whole. */
const policy = z.looseObject({
  id: z.number().int(),
  name: z.string().min(1),
  description: z.string().catch(''),
  /** Number 0: Harbor itself. */
  src_registry: side,
  dest_registry: side,
  dest_namespace: z.string().catch(''),
  dest_namespace_replace_count: z.number().int().optional().catch(undefined),
  filters: z.array(filter).nullish().catch(undefined),
  trigger: z
    .looseObject({
      type: z.string().catch(''),
      trigger_settings: z
        .looseObject({ cron: z.string().catch('') })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  /** Named both ways over the versions. */
  deletion: z.boolean().optional().catch(undefined),
  replicate_deletion: z.boolean().optional().catch(undefined),
  override: z.boolean().catch(false),
  enabled: z.boolean().catch(false),
  /** KiB a second; 0 or -1 without limit. */
  speed: z.number().int().optional().catch(undefined),
});
const policies = z.array(policy);
type Policy = z.infer<typeof policy>;

/** Rules by which Harbor copies itself; for its administrators. @see Harbor API v2.0, `/replication/policies` */
export function replicationRuleResources(api: ProductApi, rights: Rights): Resources<'replicationRule'> {
  const list = `${API}/replication/policies`;
  const url = (id: string) => `${list}/${numberIn(id)}`;
  const get = (id: string, signal: AbortSignal | undefined) =>
    api.json({ method: 'GET', url: url(id), signal }, policy, { maxBytes: ONE_BYTES_MAX });
  /** A side by its name; Harbor itself by none. */
  const sideOf = async (name: string | null | undefined, signal: AbortSignal | undefined) =>
    name == null ? null : { id: await endpointNumber(api, name, signal) };
  const sidesOf = async (
    { from, to }: FieldsOf<'replicationRule'>,
    signal: AbortSignal | undefined,
  ): Promise<Pick<Policy, 'src_registry' | 'dest_registry'>> => ({
    ...(from === undefined ? {} : { src_registry: named(await sideOf(from, signal), from) }),
    ...(to === undefined ? {} : { dest_registry: named(await sideOf(to, signal), to) }),
  });
  return {
    scopes: ['registry'],
    fields: [
      'description',
      'from',
      'to',
      'names',
      'tags',
      'tagsExcept',
      'namespace',
      'flattened',
      'trigger',
      'cron',
      'deletes',
      'overrides',
      'speed',
      'enabled',
    ],
    async *list(_place, signal) {
      const may = await rights.inSystem(signal);
      for await (const page of apiPages(api, list, policies, signal))
        yield page.map((one) => resourceOf(one, may));
    },
    async read(id, signal) {
      const [one, may] = await Promise.all([get(id, signal), rights.inSystem(signal)]);
      return resourceOf(one, may);
    },
    mayCreate: (_place, signal) => rights.inSystem(signal),
    async choices(_place, signal) {
      const names = [...(await endpointNames(api, signal)).values()];
      return { from: names, to: names };
    },
    async create(_place, { name, fields }, signal) {
      const body = {
        name,
        ...bodyOf(fields),
        ...(await sidesOf({ from: null, to: null, ...fields }, signal)),
      };
      return { id: await make(api, { url: list, body, signal }) };
    },
    async change(id, fields, signal) {
      const now = await get(id, signal);
      const body = {
        ...now,
        ...bodyOf({ ...fieldsOf(now), ...fields }, now.filters),
        ...(await sidesOf(fields, signal)),
      };
      await change(api, 'PUT', { url: url(id), body, signal });
    },
    delete: (id, signal) => change(api, 'DELETE', { url: url(id), signal }),
  };
}

const named = (found: { id: number } | null, name: string | null) =>
  found === null || name === null ? null : { ...found, name };

function resourceOf(one: Policy, may: Permission): Resource<'replicationRule'> {
  return {
    kind: 'replicationRule',
    id: String(one.id),
    name: one.name,
    fields: fieldsOf(one),
    may: { change: may, delete: may },
  };
}

function fieldsOf(one: Policy): FieldsOf<'replicationRule'> {
  const { filters, trigger, speed = 0, src_registry: from, dest_registry: to } = one;
  const by = (type: string) => filters?.find((found) => found.type === type);
  const [names, tags] = [by('name')?.value, by('tag')];
  const [type] = (Object.keys(TRIGGERS) as Trigger[]).filter((name) => TRIGGERS[name] === trigger?.type);
  return {
    description: one.description,
    from: from?.id ? from.name : null,
    to: to?.id ? to.name : null,
    names: typeof names === 'string' && names !== '' ? names : null,
    tags: typeof tags?.value === 'string' && tags.value !== '' ? tags.value : null,
    tagsExcept: tags?.decoration === 'excludes',
    namespace: one.dest_namespace || null,
    flattened: one.dest_namespace_replace_count ?? -1,
    ...(type === undefined ? {} : { trigger: type }),
    cron: trigger?.trigger_settings?.cron || null,
    deletes: one.deletion ?? one.replicate_deletion ?? false,
    overrides: one.override,
    speed: speed <= 0 ? -1 : speed,
    enabled: one.enabled,
  };
}

/** @param filters of those that there are, what this app does not know stays */
function bodyOf(fields: FieldsOf<'replicationRule'>, filters: Policy['filters'] = []) {
  const { names, tags, tagsExcept, trigger, cron, description, namespace, flattened, deletes } = fields;
  const { overrides, speed, enabled } = fields;
  return {
    description: description ?? '',
    dest_namespace: namespace ?? '',
    dest_namespace_replace_count: flattened ?? 1,
    trigger: { type: TRIGGERS[trigger ?? 'manual'], trigger_settings: { cron: cron ?? '' } },
    filters: [
      ...(names == null ? [] : [{ type: 'name', value: names }]),
      ...(tags == null
        ? []
        : [{ type: 'tag', value: tags, decoration: tagsExcept ? 'excludes' : 'matches' }]),
      ...(filters ?? []).filter(({ type }) => type !== 'name' && type !== 'tag'),
    ],
    deletion: deletes ?? false,
    override: overrides ?? true,
    speed: speed ?? -1,
    enabled: enabled ?? true,
  };
}
