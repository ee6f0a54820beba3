import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { readInstant } from '../../model/image.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { FieldsOf, Permission } from '../../resource-kinds.ts';
import { API, apiPages, BY_NAME, change, ONE_BYTES_MAX, projectPath, send } from './api.ts';
import { endpointNames } from './names.ts';
import { type Asker, ofSystem, type Rights } from './rights.ts';

const metadata = z.record(z.string(), z.string()).nullish().catch(undefined);
const project = z.object({
  name: z.string().min(1),
  /** Of the registry that it caches; null, zero or absent where it caches none. */
  registry_id: z.number().int().nullish().catch(undefined),
  repo_count: z.number().int().nonnegative().optional().catch(undefined),
  owner_name: z.string().optional().catch(undefined),
  creation_time: z.string().optional().catch(undefined),
  current_user_role_ids: z.array(z.number()).nullish().catch(undefined),
  metadata,
});
const projects = z.array(project);
type Project = z.infer<typeof project>;

const about = z.object({ project_creation_restriction: z.string().optional().catch(undefined) });

/** By Harbor's numbers, the one with most rights first. */
export const ROLES = [
  [1, 'projectAdmin'],
  [4, 'maintainer'],
  [2, 'developer'],
  [3, 'guest'],
  [5, 'limitedGuest'],
] as const;

type Flag = 'public' | 'autoScan' | 'autoSbom' | 'signedOnly' | 'systemAllowList';
/** Of flags, what Harbor calls them, and what holds where it says nothing. */
const FLAGS: readonly (readonly [Flag, string, boolean])[] = [
  ['public', 'public', false],
  ['autoScan', 'auto_scan', false],
  ['autoSbom', 'auto_sbom_generation', false],
  ['signedOnly', 'enable_content_trust_cosign', false],
  ['systemAllowList', 'reuse_sys_cve_allowlist', true],
];
const BLOCKED = ['critical', 'high', 'medium', 'low'] as const;

/** @see Harbor API v2.0, `/projects` */
export function projectResources(api: ProductApi, rights: Rights): Resources<'project'> {
  const get = (name: string, signal: AbortSignal | undefined) =>
    api.json({ method: 'GET', url: projectPath(name), headers: BY_NAME, signal }, project, {
      maxBytes: ONE_BYTES_MAX,
    });
  return {
    scopes: ['registry'],
    fields: [...FLAGS.map(([field]) => field), 'cacheOf', 'storageLimit', 'blockedFrom'],
    async *list(_place, signal) {
      const asker = await rights.asker(signal);
      for await (const page of apiPages(api, `${API}/projects?with_detail=true`, projects, signal)) {
        const names = await namesFor(api, page, asker, signal);
        yield page.map((one) => resourceOf(one, asker, names));
      }
    },
    async read(id, signal) {
      const [one, asker] = await Promise.all([get(id, signal), rights.asker(signal)]);
      return resourceOf(one, asker, await namesFor(api, [one], asker, signal));
    },
    async mayCreate(_place, signal) {
      const asker = await rights.asker(signal);
      if (asker.is !== 'user') return ofSystem(asker);
      const asked = { method: 'GET', url: `${API}/systeminfo`, signal } as const;
      const { project_creation_restriction: who } = await api.json(asked, about, { maxBytes: ONE_BYTES_MAX });
      return who === 'everyone' ? 'yes' : who === undefined ? 'unknown' : 'administrators';
    },
    async choices(_place, signal) {
      const asker = await rights.asker(signal);
      return asker.is === 'administrator'
        ? { cacheOf: [...(await endpointNames(api, signal)).values()] }
        : {};
    },
    async create(_place, { name, fields }, signal) {
      const { cacheOf, storageLimit } = fields;
      const behind = cacheOf == null ? undefined : await endpointNumber(api, cacheOf, signal);
      const body = {
        project_name: name,
        metadata: metadataOf(fields),
        ...(storageLimit === undefined ? {} : { storage_limit: storageLimit ?? -1 }),
        ...(behind === undefined ? {} : { registry_id: behind }),
      };
      await (await send(api, 'POST', { url: `${API}/projects`, body, signal })).dump();
      return { id: name };
    },
    async change(id, fields, signal) {
      const { metadata: now } = await get(id, signal);
      // Whether it is public is said each time: what is left out there is no matter for chance.
      const body = { metadata: { public: now?.public ?? 'false', ...metadataOf(fields) } };
      await change(api, 'PUT', { url: projectPath(id), headers: BY_NAME, body, signal });
    },
    async delete(id, signal) {
      await change(api, 'DELETE', { url: projectPath(id), headers: BY_NAME, signal });
    },
  };
}

/** Its number, by the name of another registry. @throws {RegistryError} `notFound` */
export async function endpointNumber(
  api: ProductApi,
  name: string,
  signal: AbortSignal | undefined,
): Promise<number> {
  for (const [id, known] of await endpointNames(api, signal)) if (known === name) return id;
  throw new RegistryError('notFound', '', { reason: `It knows no registry named ${name}.` });
}

/** Only administrators are told the names; without any cache nobody needs them. */
async function namesFor(
  api: ProductApi,
  found: readonly Project[],
  { is }: Asker,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, string>> {
  const caches = found.some(({ registry_id: behind }) => behind);
  return caches && is === 'administrator' ? await endpointNames(api, signal) : new Map();
}

function resourceOf(one: Project, asker: Asker, names: ReadonlyMap<number, string>): Resource<'project'> {
  const { registry_id: behind, repo_count: repositories, owner_name: owner, metadata: said } = one;
  const created = readInstant(one.creation_time);
  const role = ROLES.find(([number]) => one.current_user_role_ids?.includes(number))?.[1];
  const severity = BLOCKED.find((known) => known === said?.severity?.toLowerCase());
  const may = mayChange(one, asker);
  return {
    kind: 'project',
    id: one.name,
    name: one.name,
    fields: {
      ...Object.fromEntries(
        FLAGS.map(([field, name, usual]) => [field, (said?.[name] ?? String(usual)) === 'true']),
      ),
      // The number says at least that it is a cache, where its name is not for us.
      cacheOf: behind ? (names.get(behind) ?? `#${behind}`) : null,
      blockedFrom: said?.prevent_vul === 'true' ? (severity ?? 'low') : null,
      ...(repositories === undefined ? {} : { repositories }),
      ...(asker.is === 'robot' ? {} : { role: role ?? null }),
      ...(owner === undefined ? {} : { owner }),
      ...(created === undefined ? {} : { created }),
    },
    may: { change: may, delete: may === 'yes' && repositories !== 0 ? 'notEmpty' : may },
  };
}

function mayChange({ current_user_role_ids: roles }: Project, asker: Asker): Permission {
  if (asker.is === 'administrator' || roles?.includes(1)) return 'yes';
  return asker.is === 'user' ? 'projectAdministrators' : ofSystem(asker);
}

function metadataOf({ blockedFrom, ...fields }: FieldsOf<'project'>): Record<string, string> {
  const flags = FLAGS.flatMap(([field, name]) =>
    fields[field] == null ? [] : [[name, String(fields[field])] as const],
  );
  return {
    ...Object.fromEntries(flags),
    ...(blockedFrom === undefined ? {} : { prevent_vul: String(blockedFrom !== null) }),
    ...(blockedFrom == null ? {} : { severity: blockedFrom }),
  };
}
