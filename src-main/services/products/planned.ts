import { differingFields, type FieldValues, fieldsOf, fits, HIDDEN_SECRET } from '../../common/product.ts';
import type {
  ProductChange,
  ProductChangePlan,
  ProductChangeSubject,
  WantedChange,
} from '../../common/product-change.ts';
import { RegistryError, type Resources } from '../../engine/index.ts';
import { type Permission, RESOURCE_ACTS, type ResourceAct } from '../../engine/resource-kinds.ts';
import { ServiceError } from '../errors.ts';
import type { Planned } from '../operations/kind.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { resourceOf, resourcesOf } from './abilities.ts';
import type { MadeSecrets } from './secrets.ts';

type Notes = ProductChangePlan['summary']['notes'];

/** A plan of changes, line by line. */
export function plannedChanges(
  registry: RegistryHandle,
  changes: ProductChange[],
  notes: Notes = notesOf(changes),
): Planned<ProductChangeSubject, ProductChangePlan['summary']> {
  return {
    kind: 'productChange',
    subject: { kind: 'productChange', place: registry.place, changes },
    summary: { notes },
    needsConsent: false,
    states: RESOURCE_ACTS,
    items: changes.map(({ act }, at) => ({ item: { state: act, at }, state: act, acts: true })),
    registries: { reads: [], changes: [registry] },
  };
}

/** What has a secret has permissions: it is shown once when it is made, and ends with the next one. */
export function notesOf(changes: readonly ProductChange[]): Notes {
  const secret = changes.filter(({ kind }) => 'permissions' in fieldsOf(kind));
  const any = (...acts: ResourceAct[]) => secret.some(({ act }) => acts.includes(act));
  return [
    ...(any('create', 'renew') ? (['secretOnce'] as const) : []),
    ...(any('renew', 'delete') ? (['secretEnds'] as const) : []),
    ...(changes.some(({ secrets }) => secrets !== undefined) ? (['secretGiven'] as const) : []),
  ];
}

/**
 * What a wanted change comes to, by what is there now. Secrets in it are held in memory, and are no part of the plan.
 *
 * @throws ServiceError `invalidInput`, `unsupported`; {RegistryError} `denied` where this account may not
 */
export async function changeOf(
  registry: RegistryHandle,
  wanted: WantedChange,
  secrets: MadeSecrets,
  { signal }: CallOptions,
): Promise<ProductChange> {
  const { act, kind } = wanted;
  const resources = await resourcesOf(registry, kind, { signal });
  if (!resources[act]) throw new ServiceError('unsupported', `This registry cannot ${act} it by its API.`);
  if (wanted.act !== 'delete' && wanted.act !== 'renew') checkFields(resources, wanted);
  if (wanted.act === 'create') {
    const { name, project, fields } = wanted;
    const place = project === undefined ? {} : { project };
    allow(await resources.mayCreate(place, signal), act, name);
    const { shown, held } = hidden(kind, fields, secrets);
    return { act, kind, id: null, name, ...place, before: null, after: shown, ...held };
  }
  const { id, name, project, fields, may } = resourceOf(await resources.read(wanted.id, signal));
  allow(may[act] ?? 'unsupported', act, name);
  const of = { act, kind, id, name, ...(project === undefined ? {} : { project }), before: fields };
  if (wanted.act === 'delete') return { ...of, after: null };
  if (wanted.act === 'renew') return { ...of, after: fields };
  const { shown, held } = hidden(kind, wanted.fields, secrets);
  const after = { ...fields, ...shown };
  const isSame =
    differingFields(kind, fields, after).length === 0 &&
    Object.keys(wanted.fields).every((name) => name in fields);
  if (isSame) throw new ServiceError('invalidInput', `${name} is as that already.`);
  return { ...of, after, ...held };
}

/** Fields as a plan shows them, and where their secrets are held. */
function hidden(
  kind: WantedChange['kind'],
  fields: FieldValues,
  secrets: MadeSecrets,
): { shown: FieldValues; held: Pick<ProductChange, 'secrets'> } {
  const table = fieldsOf(kind);
  const held: Record<string, string> = {};
  const shown = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (table[name]?.type !== 'secret' || typeof value !== 'string') return [name, value];
      held[name] = secrets.give(value);
      return [name, HIDDEN_SECRET];
    }),
  );
  return { shown, held: Object.keys(held).length === 0 ? {} : { secrets: held } };
}

/** @throws ServiceError `invalidInput` for a field that there is not, that cannot be set or that holds no such value */
function checkFields(
  resources: Resources,
  { act, kind, fields }: Extract<WantedChange, { fields: unknown }>,
): void {
  const table = fieldsOf(kind);
  const settable: readonly string[] = resources.fields;
  for (const [name, value] of Object.entries(fields)) {
    const field = table[name];
    if (
      !field ||
      !settable.includes(name) ||
      field.set === 'never' ||
      (act === 'change' && field.set === 'create')
    )
      throw new ServiceError('invalidInput', `"${name}" cannot be set here.`);
    if (!fits(field, value)) throw new ServiceError('invalidInput', `"${name}" cannot be that.`);
  }
}

const WHY: Readonly<Record<Exclude<Permission, 'yes' | 'unknown'>, string>> = {
  administrators: 'That is for administrators of the registry.',
  projectAdministrators: 'That is for administrators of the project.',
  maintainers: 'That is for maintainers of the project.',
  developers: 'That is for developers of the project.',
  signIn: 'That is for those only who are signed in.',
  notEmpty: 'There is something in it still.',
  builtIn: 'It belongs to the registry itself.',
  unsupported: 'The registry cannot do that.',
};

/** Whether it may be done; what is not known the registry decides. @throws {RegistryError} `denied` */
export function allow(permission: Permission, act: string, name: string): void {
  if (permission === 'yes' || permission === 'unknown') return;
  throw new RegistryError('denied', '', { reason: `${WHY[permission]} (${act} ${name})` });
}
