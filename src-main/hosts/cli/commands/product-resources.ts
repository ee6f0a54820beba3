import { type FieldValue, fieldsOf, type Resource } from '../../../common/product.ts';
import type { WantedChange } from '../../../common/product-change.ts';
import type { Field, ResourceKind } from '../../../engine/resource-kinds.ts';
import type { AccessOverrides, RegistryHandle } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure, UsageError } from '../failures.ts';
import { print, printJson } from '../output.ts';
import { valueText } from '../product-change-text.ts';
import { runProductChange } from '../run-product-change.ts';
import { Table } from '../table.ts';
import { textOf } from '../text-file.ts';
import type { NameFlags } from '../typed-name.ts';

export interface ResourceFlags extends NameFlags {
  readonly project?: string;
  readonly create?: string;
  readonly change?: string;
  readonly delete?: string;
  readonly renew?: string;
  readonly set?: readonly string[];
}

/** Lists one kind of what a product manages, or changes one of them. */
export async function productResources(
  context: Context,
  host: string,
  kind: ResourceKind,
  flags: ResourceFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, signal } = context;
  const registry = await context.registry(host, access);
  const wanted = await wantedBy(context, registry, kind, flags);
  if (wanted === undefined) return await list(context, registry, kind, flags.project);
  await runProductChange(context, await core.products.planChanges(registry, [wanted], { signal }), flags);
}

async function list(
  { core, json, signal }: Context,
  registry: RegistryHandle,
  kind: ResourceKind,
  project: string | undefined,
): Promise<void> {
  const items: Resource[] = [];
  for await (const page of core.products.list(registry, kind, { project, signal })) items.push(...page);
  if (json) {
    await printJson({ host: registry.host, kind, ...(project !== undefined && { project }), items });
    return;
  }
  const said = Object.keys(fieldsOf(kind)).filter((name) =>
    items.some(({ fields }) => fields[name] !== undefined),
  );
  const table = new Table(['id', 'name', ...said]);
  await print(
    table.lines(
      items.map(({ id, name, fields }) => [id, name, ...said.map((field) => valueText(fields[field]))]),
    ),
  );
}

/** What the flags ask for; undefined where nothing is to be changed. @throws UsageError where it is two things, or nothing of it fits */
async function wantedBy(
  context: Context,
  registry: RegistryHandle,
  kind: ResourceKind,
  flags: ResourceFlags,
): Promise<WantedChange | undefined> {
  const { create, change, delete: removed, renew, project, set = [] } = flags;
  const asked = [create, change, removed, renew].filter((flag) => flag !== undefined);
  if (asked.length > 1) throw new UsageError('Give only one of --create, --change, --delete and --renew.');
  if (set.length > 0 && create === undefined && change === undefined)
    throw new UsageError('--set goes with --create or --change.');
  const fields = await fieldsBy(kind, set);
  if (create !== undefined)
    return { act: 'create', kind, name: create, fields, ...(project !== undefined && { project }) };
  const named = change ?? removed ?? renew;
  if (named === undefined) return undefined;
  const { id } = await resourceNamed(context, registry, { kind, named, project });
  if (change !== undefined) return { act: 'change', kind, id, fields };
  return { act: removed === undefined ? 'renew' : 'delete', kind, id };
}

/** The one with this id or this name. @throws CommandFailure where there is none, or several of the name */
export async function resourceNamed(
  { core, signal }: Context,
  registry: RegistryHandle,
  { kind, named, project }: { kind: ResourceKind; named: string; project: string | undefined },
): Promise<Resource> {
  const found: Resource[] = [];
  for await (const page of core.products.list(registry, kind, { project, signal }))
    found.push(...page.filter(({ id, name }) => id === named || name === named));
  const one = found.find(({ id }) => id === named) ?? found[0];
  if (one && (one.id === named || found.length === 1)) return one;
  throw new CommandFailure(
    one
      ? { code: 'invalidInput', message: `${found.length} are named ${named}: use an ID.` }
      : { code: 'notFound', message: `No ${kind} "${named}" found.` },
  );
}

/** `public=true`, by what each field holds; of secrets `password=@FILE`. @throws UsageError */
export async function fieldsBy(
  kind: ResourceKind,
  set: readonly string[],
): Promise<Record<string, FieldValue>> {
  const table = fieldsOf(kind);
  const read = await Promise.all(
    set.map(async (text): Promise<[string, FieldValue]> => {
      const at = text.indexOf('=');
      const name = text.slice(0, Math.max(at, 0));
      const field = table[name];
      if (!field || field.set === 'never') {
        const names = Object.keys(table).filter((each) => table[each]?.set !== 'never');
        throw new UsageError(`"${text}" sets no field. There are: ${names.join(', ')}.`);
      }
      const given = text.slice(at + 1);
      if (field.type === 'secret' && given !== 'none') return [name, await secretIn(name, given)];
      return [name, valueBy(name, field, given)];
    }),
  );
  return Object.fromEntries(read);
}

/** What is in a command line other users of the machine can read. @throws UsageError */
async function secretIn(name: string, text: string): Promise<string> {
  if (!text.startsWith('@')) throw new UsageError(`Give ${name} as @FILE, whose first line it is.`);
  const [line = ''] = (await textOf(text.slice(1))).split(/\r?\n/, 1);
  if (line === '') throw new UsageError(`${text.slice(1)} is empty.`);
  return line;
}

function valueBy(name: string, { type, choices }: Field, text: string): FieldValue {
  if (text === 'none') return null;
  if (type === 'flag') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new UsageError(`${name} is true or false.`);
  }
  if (type === 'count' || type === 'bytes') {
    if (/^-?\d{1,15}$/.test(text)) return Number(text);
    throw new UsageError(`${name} is a whole number, or none.`);
  }
  if (type === 'list') return text.split(',').map((each) => each.trim());
  if (type === 'choice' && !choices?.includes(text))
    throw new UsageError(`${name} is one of ${choices?.join(', ')}.`);
  return text;
}
