import { z } from 'zod';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { Permission } from '../../resource-kinds.ts';
import { API, apiPages, change, make, numberIn, ONE_BYTES_MAX } from './api.ts';
import type { Rights } from './rights.ts';

const registry = z.object({
  id: z.number().int(),
  name: z.string().min(1),
  type: z.string().catch(''),
  url: z.string().catch(''),
  description: z.string().catch(''),
  insecure: z.boolean().catch(false),
  status: z.string().optional().catch(undefined),
  credential: z
    .object({ access_key: z.string().catch('') })
    .nullish()
    .catch(undefined),
});
const registries = z.array(registry);
type Endpoint = z.infer<typeof registry>;
const adapters = z.array(z.string());

/** Other registries that Harbor copies from and to; for its administrators. @see Harbor API v2.0, `/registries` */
export function endpointResources(api: ProductApi, rights: Rights): Resources<'endpoint'> {
  const url = (id: string) => `${API}/registries/${numberIn(id)}`;
  return {
    scopes: ['registry'],
    fields: ['url', 'provider', 'description', 'insecure', 'user', 'password'],
    async *list(_place, signal) {
      const may = await rights.inSystem(signal);
      for await (const page of apiPages(api, `${API}/registries`, registries, signal))
        yield page.map((one) => resourceOf(one, may));
    },
    async read(id, signal) {
      const asked = { method: 'GET', url: url(id), signal } as const;
      const [one, may] = await Promise.all([
        api.json(asked, registry, { maxBytes: ONE_BYTES_MAX }),
        rights.inSystem(signal),
      ]);
      return resourceOf(one, may);
    },
    mayCreate: (_place, signal) => rights.inSystem(signal),
    async choices(_place, signal) {
      const asked = { method: 'GET', url: `${API}/replication/adapters`, signal } as const;
      return { provider: await api.json(asked, adapters, { maxBytes: ONE_BYTES_MAX }) };
    },
    async create(_place, { name, fields }, signal) {
      const { provider, description, insecure, user, password, url: address } = fields;
      const body = {
        name,
        type: provider ?? 'docker-registry',
        url: address ?? '',
        description: description ?? '',
        insecure: insecure ?? false,
        ...(user ? { credential: { type: 'basic', access_key: user, access_secret: password ?? '' } } : {}),
      };
      return { id: await make(api, { url: `${API}/registries`, body, signal }) };
    },
    async change(id, { url: address, description, insecure, user, password }, signal) {
      const body = {
        ...(address == null ? {} : { url: address }),
        ...(description === undefined ? {} : { description: description ?? '' }),
        ...(insecure == null ? {} : { insecure }),
        ...(user === undefined ? {} : { access_key: user ?? '' }),
        // Without a user its password is of no use to anybody.
        ...(password == null && user !== null ? {} : { access_secret: password ?? '' }),
        // One that was made without a sign-in has no type of it.
        ...(user || password ? { credential_type: 'basic' } : {}),
      };
      await change(api, 'PUT', { url: url(id), body, signal });
    },
    delete: (id, signal) => change(api, 'DELETE', { url: url(id), signal }),
  };
}

function resourceOf(one: Endpoint, may: Permission): Resource<'endpoint'> {
  const { status, credential } = one;
  return {
    kind: 'endpoint',
    id: String(one.id),
    name: one.name,
    fields: {
      url: one.url,
      provider: one.type,
      description: one.description,
      insecure: one.insecure,
      user: credential?.access_key || null,
      ...(status === undefined ? {} : { healthy: status === 'healthy' }),
    },
    may: { change: may, delete: may },
  };
}
