import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import { nexusJson } from './api.ts';

const port = z.number().int().positive().max(65_535).nullish().catch(undefined);
const WRITES = { ALLOW: 'allow', ALLOW_ONCE: 'allowOnce', DENY: 'deny' } as const;

const settings = z.object({
  name: z.string().min(1),
  format: z.string(),
  type: z.enum(['hosted', 'proxy', 'group']),
  url: z.string().nullish().catch(undefined),
  online: z.boolean().optional().catch(undefined),
  storage: z
    .object({ blobStoreName: z.string().optional(), writePolicy: z.string().optional() })
    .nullish()
    .catch(undefined),
  cleanup: z
    .object({ policyNames: z.array(z.string()) })
    .nullish()
    .catch(undefined),
  docker: z
    .object({
      httpPort: port,
      httpsPort: port,
      subdomain: z.string().nullish(),
      pathEnabled: z.boolean().nullish(),
      forceBasicAuth: z.boolean().nullish(),
    })
    .nullish()
    .catch(undefined),
  proxy: z.object({ remoteUrl: z.string().nullish() }).nullish().catch(undefined),
  group: z
    .object({ memberNames: z.array(z.string()) })
    .nullish()
    .catch(undefined),
});
type Settings = z.infer<typeof settings>;
const all = z.array(z.looseObject({ format: z.string() }));

/** Docker repositories with where each is reached; only who may read their settings sees them. @see help.sonatype.com, "Repositories API" */
export const repositoryResources = (api: ProductApi): Resources<'repository'> => {
  const list = async (signal: AbortSignal | undefined): Promise<Resource<'repository'>[]> => {
    const found = await nexusJson(api, '/repositorySettings', all, signal);
    return found
      .filter(({ format }) => format === 'docker')
      .map((one) => read(settings.parse(one), api.origin));
  };
  return {
    scopes: ['registry'],
    fields: [],
    async *list(_place, signal) {
      yield await list(signal);
    },
    async read(id, signal) {
      const found = (await list(signal)).find((one) => one.id === id);
      if (found) return found;
      throw new RegistryError('notFound', '', {
        status: 404,
        reason: `There is no Docker repository ${id}.`,
      });
    },
    mayCreate: async () => 'unsupported',
  };
};

function read(one: Settings, origin: URL): Resource<'repository'> {
  const { docker, storage } = one;
  const writes = Object.entries(WRITES).find(([word]) => word === storage?.writePolicy?.toUpperCase())?.[1];
  return {
    kind: 'repository',
    id: one.name,
    name: one.name,
    fields: {
      type: one.type,
      ...(one.online === undefined ? {} : { online: one.online }),
      ...(docker
        ? { port: docker.httpsPort ?? docker.httpPort ?? null, subdomain: docker.subdomain ?? null }
        : {}),
      ...(docker ? { url: addressOf(one, origin), anonymous: docker.forceBasicAuth === false } : {}),
      ...(storage?.blobStoreName === undefined ? {} : { blobStore: storage.blobStoreName }),
      ...(one.proxy ? { remote: one.proxy.remoteUrl ?? null } : {}),
      ...(one.group ? { members: one.group.memberNames } : {}),
      ...(one.cleanup === undefined ? {} : { cleanup: one.cleanup?.policyNames ?? [] }),
      ...(writes === undefined ? {} : { writes }),
    },
    may: {},
  };
}

/**
 * What to add as a registry, with the beginning of names for one that is reached by path. A port and a subdomain are the program's
 * own: a proxy in front of it may lead elsewhere.
 */
function addressOf({ name, docker }: Settings, origin: URL): string {
  const { hostname } = origin;
  if (docker?.httpsPort) return `https://${hostname}:${docker.httpsPort}`;
  if (docker?.httpPort) return `http://${hostname}:${docker.httpPort}`;
  if (docker?.subdomain) return `${origin.protocol}//${docker.subdomain}.${origin.host}`;
  return `${origin.origin}/${docker?.pathEnabled ? name : `repository/${name}`}`;
}
