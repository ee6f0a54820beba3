import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { FieldsOf, Permission } from '../../resource-kinds.ts';
import { API, BY_NAME, change, ONE_BYTES_MAX, projectPath } from './api.ts';
import type { Rights } from './rights.ts';

const list = z.object({
  items: z
    .array(z.object({ cve_id: z.string().min(1) }))
    .nullish()
    .catch(undefined),
  /** Seconds since 1970; absent where it holds for ever. */
  expires_at: z.number().int().nullish().catch(undefined),
});
type List = z.infer<typeof list>;
const project = z.object({
  cve_allowlist: list.nullish(),
  metadata: z.object({ reuse_sys_cve_allowlist: z.string().optional() }).nullish().catch(undefined),
});

/** The system's own is named so; a project's by the project. */
const SYSTEM = '/';

const MAX = { maxBytes: ONE_BYTES_MAX };
const getSystem = (api: ProductApi, signal: AbortSignal | undefined): Promise<List> =>
  api.json({ method: 'GET', url: `${API}/system/CVEAllowlist`, signal }, list, MAX);
const getProject = (api: ProductApi, name: string, signal: AbortSignal | undefined) =>
  api.json({ method: 'GET', url: projectPath(name), headers: BY_NAME, signal }, project, MAX);

/**
 * Findings that are let pass in a project at present: by its own list, or by the system's where it goes by that. None where this
 * account may not read which.
 *
 * @throws {RegistryError} `cancelled`
 */
export async function allowedIn(
  api: ProductApi,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  try {
    const { cve_allowlist: own, metadata } = await getProject(api, name, signal);
    const isSystem = metadata?.reuse_sys_cve_allowlist !== 'false';
    const { items, expires_at: end } = isSystem ? await getSystem(api, signal) : (own ?? {});
    const isOver = end != null && end * 1000 <= Date.now();
    return new Set(isOver ? [] : items?.map(({ cve_id: id }) => id));
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'cancelled') return new Set();
    throw error;
  }
}

/**
 * Findings that are let pass: the registry's list, and each project's own.
 *
 * @see Harbor API v2.0, `/system/CVEAllowlist`, `/projects/{p}`
 */
export function allowListResources(api: ProductApi, rights: Rights): Resources<'cveAllowList'> {
  const get = async (id: string, signal: AbortSignal | undefined): Promise<List> =>
    id === SYSTEM ? await getSystem(api, signal) : ((await getProject(api, id, signal)).cve_allowlist ?? {});
  const mayChange = async (id: string, signal: AbortSignal | undefined): Promise<Permission> =>
    id === SYSTEM ? await rights.inSystem(signal) : (await rights.inProject(id, signal))('.', 'update');
  const read = async (id: string, signal: AbortSignal | undefined): Promise<Resource<'cveAllowList'>> => {
    const [found, may] = await Promise.all([get(id, signal), mayChange(id, signal)]);
    return {
      kind: 'cveAllowList',
      id,
      name: id,
      ...(id === SYSTEM ? {} : { project: id }),
      fields: fieldsOf(found),
      may: { change: may },
    };
  };
  return {
    scopes: ['registry', 'project'],
    fields: ['cves', 'expires'],
    async *list({ project: name = SYSTEM }, signal) {
      yield [await read(name, signal)];
    },
    read,
    mayCreate: async () => 'builtIn',
    async change(id, fields, signal) {
      const { cves, expires } = { ...fieldsOf(await get(id, signal)), ...fields };
      const items = (cves ?? []).map((cve_id) => ({ cve_id }));
      const body = {
        items,
        ...(expires == null ? {} : { expires_at: Math.floor(Date.parse(expires) / 1000) }),
      };
      if (id === SYSTEM) await change(api, 'PUT', { url: `${API}/system/CVEAllowlist`, body, signal });
      else
        await change(api, 'PUT', {
          url: projectPath(id),
          headers: BY_NAME,
          body: { cve_allowlist: body },
          signal,
        });
    },
  };
}

function fieldsOf({ items, expires_at: end }: List): FieldsOf<'cveAllowList'> {
  return {
    cves: (items ?? []).map(({ cve_id: id }) => id),
    expires: end ? new Date(end * 1000).toISOString() : null,
  };
}
