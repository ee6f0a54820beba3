import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { readInstant } from '../../model/image.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { MadeSecret, Resource, ResourcePlace, Resources } from '../../product/resources.ts';
import type { Permission } from '../../resource-kinds.ts';
import { API, apiPages, change, numberIn, ONE_BYTES_MAX, send } from './api.ts';
import type { Rights } from './rights.ts';

const right = z.object({ resource: z.string(), action: z.string() });
const permission = z.looseObject({ kind: z.string(), namespace: z.string(), access: z.array(right) });
type RobotPermission = z.infer<typeof permission>;
/** With all that it says: what is changed is sent back whole. */
const robot = z.looseObject({
  id: z.number().int(),
  name: z.string().min(1),
  level: z.string().catch(''),
  description: z.string().catch(''),
  /** Days; -1 for ever. */
  duration: z.number().int().optional().catch(undefined),
  /** Seconds since 1970; -1 never. */
  expires_at: z.number().optional().catch(undefined),
  disable: z.boolean().catch(false),
  editable: z.boolean().catch(true),
  creation_time: z.string().optional().catch(undefined),
  permissions: z.array(permission).nullish().catch(undefined),
});
const robots = z.array(robot);
type Robot = z.infer<typeof robot>;

const made = z.object({ id: z.number().int(), name: z.string().min(1), secret: z.string().min(1) });
const renewed = z.object({ secret: z.string().min(1) });
const known = z.object({
  project: z.array(right).nullish().catch(undefined),
  system: z.array(right).nullish().catch(undefined),
});

/** @see Harbor API v2.0, `/robots`, `/permissions` */
export function robotResources(api: ProductApi, rights: Rights): Resources<'robot'> {
  const url = (id: string) => `${API}/robots/${numberIn(id)}`;
  const get = (id: string, signal: AbortSignal | undefined) =>
    api.json({ method: 'GET', url: url(id), signal }, robot, { maxBytes: ONE_BYTES_MAX });
  const mayIn = async ({ project }: ResourcePlace, signal: AbortSignal | undefined) => {
    if (project === undefined) {
      const may = await rights.inSystem(signal);
      return () => may;
    }
    const may = await rights.inProject(project, signal);
    return (action: string) => may('robot', action);
  };
  return {
    scopes: ['registry', 'project'],
    fields: ['description', 'days', 'disabled', 'permissions'],
    async *list(place, signal) {
      const { project } = place;
      const level = project === undefined ? 'system' : 'project';
      const of = project === undefined ? '' : `,ProjectID=${(await rights.project(project, signal)).id}`;
      const path = `${API}/robots?q=${encodeURIComponent(`Level=${level}${of}`)}`;
      const may = await mayIn(place, signal);
      for await (const page of apiPages(api, path, robots, signal))
        yield page.map((one) => resourceOf(one, may));
    },
    async read(id, signal) {
      const one = await get(id, signal);
      const project = projectOf(one);
      return resourceOf(one, await mayIn(project === undefined ? {} : { project }, signal));
    },
    mayCreate: async (place, signal) => (await mayIn(place, signal))('create'),
    async choices({ project }, signal) {
      const asked = { method: 'GET', url: `${API}/permissions`, signal } as const;
      const all = await api.json(asked, known, { maxBytes: ONE_BYTES_MAX });
      const inProject = (all.project ?? []).map((one) => textOf(project ?? '*', one));
      const ofSystem = project === undefined ? (all.system ?? []).map((one) => textOf('', one)) : [];
      return { permissions: [...inProject, ...ofSystem] };
    },
    async create({ project }, { name, fields }, signal) {
      const { description, days, disabled, permissions } = fields;
      const body = {
        name,
        level: project === undefined ? 'system' : 'project',
        description: description ?? '',
        duration: days ?? -1,
        disable: disabled ?? false,
        permissions: permissionsOf(permissions ?? []),
      };
      const reply = await send(api, 'POST', { url: `${API}/robots`, body, signal });
      const { id, name: whole, secret } = await reply.json(made, ONE_BYTES_MAX);
      return { id: String(id), secret: { name: whole, secret } };
    },
    async change(id, { description, disabled, permissions }, signal) {
      const now = await get(id, signal);
      const body = {
        ...now,
        ...(description === undefined ? {} : { description: description ?? '' }),
        ...(disabled == null ? {} : { disable: disabled }),
        ...(permissions == null ? {} : { permissions: permissionsOf(permissions) }),
      };
      await change(api, 'PUT', { url: url(id), body, signal });
    },
    delete: (id, signal) => change(api, 'DELETE', { url: url(id), signal }),
    async renew(id, signal): Promise<MadeSecret> {
      const { name } = await get(id, signal);
      // An empty one has Harbor make it.
      const reply = await send(api, 'PATCH', { url: url(id), body: { secret: '' }, signal });
      return { name, secret: (await reply.json(renewed, ONE_BYTES_MAX)).secret };
    },
  };
}

/** The project whose robot it is. */
function projectOf({ level, permissions }: Robot): string | undefined {
  return level === 'project' ? permissions?.[0]?.namespace : undefined;
}

function resourceOf(one: Robot, mayDo: (action: string) => Permission): Resource<'robot'> {
  const { description, duration, expires_at: end, disable: disabled, permissions } = one;
  const project = projectOf(one);
  const created = readInstant(one.creation_time);
  // One of an earlier Harbor, which this one can only delete.
  const may = (action: string): Permission =>
    one.editable || action === 'delete' ? mayDo(action) : 'unsupported';
  return {
    kind: 'robot',
    id: String(one.id),
    name: one.name,
    ...(project === undefined ? {} : { project }),
    fields: {
      description,
      disabled,
      ...(duration === undefined ? {} : { days: duration < 0 ? null : duration }),
      ...(end === undefined ? {} : { expires: end < 0 ? null : new Date(end * 1000).toISOString() }),
      ...(permissions ? { permissions: permissions.flatMap(textsOf) } : {}),
      ...(created === undefined ? {} : { created }),
    },
    may: { change: may('update'), renew: may('update'), delete: may('delete') },
  };
}

/** `project/resource:action`; of the system `/resource:action`. */
const textOf = (namespace: string, { resource, action }: z.infer<typeof right>): string =>
  `${namespace}/${resource}:${action}`;

const textsOf = ({ kind, namespace, access }: RobotPermission): string[] =>
  access.map((one) => textOf(kind === 'system' ? '' : namespace, one));

/** @throws {RegistryError} `refused` for what is none */
function permissionsOf(texts: readonly string[]): RobotPermission[] {
  const found = new Map<string, RobotPermission>();
  for (const text of texts) {
    const [, namespace, resource, action] = /^([^/]*)\/([^:]+):([^:]+)$/.exec(text) ?? [];
    if (namespace === undefined || resource === undefined || action === undefined)
      throw new RegistryError('refused', '', {
        reason: `${text} is no right: PROJECT/RESOURCE:ACTION is one.`,
      });
    const ofSystem = namespace === '';
    const one = found.get(namespace) ?? {
      kind: ofSystem ? 'system' : 'project',
      namespace: ofSystem ? '/' : namespace,
      access: [],
    };
    one.access.push({ resource, action });
    found.set(namespace, one);
  }
  return [...found.values()];
}
