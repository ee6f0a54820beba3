import { z } from 'zod';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { FieldsOf } from '../../resource-kinds.ts';
import {
  API,
  apiPages,
  BY_NAME,
  change,
  make,
  numberIn,
  ONE_BYTES_MAX,
  partsOfId,
  projectPath,
} from './api.ts';
import { ROLES } from './projects.ts';
import type { MayInProject, Rights } from './rights.ts';

type Role = NonNullable<FieldsOf<'member'>['role']>;

const member = z.object({
  id: z.number().int(),
  entity_name: z.string().min(1),
  /** `u` or `g`. */
  entity_type: z.string().catch(''),
  role_id: z.number().int(),
});
const members = z.array(member);
type Member = z.infer<typeof member>;

const about = z.object({ auth_mode: z.string().catch('') });
/** What groups are of, by how Harbor signs in. */
const GROUPS: Readonly<Record<string, number>> = { ldap_auth: 1, http_auth: 2, oidc_auth: 3 };

/** @see Harbor API v2.0, `/projects/{p}/members` */
export function memberResources(api: ProductApi, rights: Rights): Resources<'member'> {
  const listOf = (project: string) => `${projectPath(project)}/members`;
  const urlOf = (id: string) => {
    const [project, number] = partsOfId(id);
    return `${listOf(project)}/${numberIn(number)}`;
  };
  return {
    scopes: ['project'],
    fields: ['type', 'role'],
    async *list({ project }, signal) {
      if (project === undefined) return;
      const may = await rights.inProject(project, signal);
      for await (const page of apiPages(api, listOf(project), members, signal, BY_NAME))
        yield page.map((one) => resourceOf(project, one, may));
    },
    async read(id, signal) {
      const [project] = partsOfId(id);
      const asked = { method: 'GET', url: urlOf(id), headers: BY_NAME, signal } as const;
      const [one, may] = await Promise.all([
        api.json(asked, member, { maxBytes: ONE_BYTES_MAX }),
        rights.inProject(project, signal),
      ]);
      return resourceOf(project, one, may);
    },
    async mayCreate({ project }, signal) {
      if (project === undefined) return 'unsupported';
      return (await rights.inProject(project, signal))('member', 'create');
    },
    async create({ project = '' }, { name, fields: { type, role } }, signal) {
      const who =
        type === 'group'
          ? { member_group: { group_name: name, group_type: await groupType(api, signal) } }
          : { member_user: { username: name } };
      const body = { role_id: numberOf(role ?? 'guest'), ...who };
      const id = await make(api, { url: listOf(project), headers: BY_NAME, body, signal });
      return { id: `${project}/${id}` };
    },
    async change(id, { role }, signal) {
      if (role == null) return;
      const body = { role_id: numberOf(role) };
      await change(api, 'PUT', { url: urlOf(id), headers: BY_NAME, body, signal });
    },
    delete: (id, signal) => change(api, 'DELETE', { url: urlOf(id), headers: BY_NAME, signal }),
  };
}

const numberOf = (role: Role): number => ROLES.find(([, name]) => name === role)?.[0] ?? 0;

async function groupType(api: ProductApi, signal: AbortSignal | undefined): Promise<number> {
  const asked = { method: 'GET', url: `${API}/systeminfo`, signal } as const;
  const { auth_mode: mode } = await api.json(asked, about, { maxBytes: ONE_BYTES_MAX });
  return GROUPS[mode] ?? 0;
}

function resourceOf(project: string, one: Member, may: MayInProject): Resource<'member'> {
  const role = ROLES.find(([number]) => number === one.role_id)?.[1];
  return {
    kind: 'member',
    id: `${project}/${one.id}`,
    name: one.entity_name,
    project,
    fields: { type: one.entity_type === 'g' ? 'group' : 'user', ...(role === undefined ? {} : { role }) },
    may: { change: may('member', 'update'), delete: may('member', 'delete') },
  };
}
