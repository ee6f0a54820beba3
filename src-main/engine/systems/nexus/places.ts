import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { checkRepository } from '../../model/reference.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { nexusJson } from './api.ts';

const repositories = z.array(
  z.object({
    name: z.string().min(1),
    format: z.string(),
    type: z.enum(['hosted', 'proxy', 'group']).catch('hosted'),
  }),
);

/** A repository of images as it is named by path: the Nexus repository it lies in, and its name there. */
export interface NexusPlace {
  readonly repository: string;
  readonly type: 'hosted' | 'proxy' | 'group';
  readonly image: string;
}

/** Below it each repository is, whatever else leads there. @see help.sonatype.com, "Docker Registry", "Docker Base Repository Path" */
const BELOW = 'repository/';

/** The path of the protocol of a name that begins with `repository/NAME/`: each repository speaks it below its own address. */
export function routeByPath(path: string): string | undefined {
  const [, repository, rest] =
    /^\/v2\/repository\/([^/]+)\/((?:[^/]+\/)*[^/]+\/(?:manifests|blobs|tags|referrers)\/.*)$/.exec(path) ??
    [];
  return repository === undefined ? undefined : `/repository/${repository}/v2/${rest}`;
}

/**
 * Where images lie: with path-based routing (3.83) the first part of their name is the Nexus repository; without it the names that
 * this app gives begin with `repository/NAME/`, as the addresses of repositories do. A connector, by port or by subdomain, leads into
 * one of them, and there names have no such part: nothing is known of those here.
 *
 * @see help.sonatype.com, "Docker Registry": path-based routing; reverse proxies are led to the same base paths
 */
export class NexusPlaces {
  readonly #api: ProductApi;
  #known: Promise<ReadonlyMap<string, NexusPlace['type']>> | undefined;

  constructor(api: ProductApi) {
    this.#api = api;
  }

  /** Those that this account may see, by name. @throws {RegistryError} `notFound` at a connector */
  all(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, NexusPlace['type']>> {
    const known = nexusJson(this.#api, '/repositories', repositories, signal).then(
      (found) =>
        new Map(found.filter(({ format }) => format === 'docker').map(({ name, type }) => [name, type])),
    );
    this.#known = known;
    known.catch(() => {
      if (this.#known === known) this.#known = undefined;
    });
    return known;
  }

  /** @throws {RegistryError} `notFound` where it is no name by path */
  async of(name: string, signal: AbortSignal | undefined): Promise<NexusPlace> {
    const bare = checkRepository(name).startsWith(BELOW) ? name.slice(BELOW.length) : name;
    const [repository = '', ...rest] = bare.split('/');
    const known = await this.#known;
    const type = known?.get(repository) ?? (await this.all(signal)).get(repository);
    if (type === undefined || rest.length === 0)
      throw new RegistryError('notFound', '', {
        status: 404,
        reason: `There is no Docker repository ${repository} that this account may see.`,
      });
    return { repository, type, image: rest.join('/') };
  }
}

/** What an image is named by at the registry: by its path alone, or below the address of its repository. */
export const namedBy = {
  path: (repository: string, image: string): string => `${repository}/${image}`,
  address: (repository: string, image: string): string => `${BELOW}${repository}/${image}`,
} as const;

/** Undefined where the API is not there, or not for this account. */
export async function placeOrNone(
  places: NexusPlaces,
  name: string,
  signal: AbortSignal | undefined,
): Promise<NexusPlace | undefined> {
  try {
    return await places.of(name, signal);
  } catch (error) {
    if (error instanceof RegistryError && error.status !== undefined) return undefined;
    throw error;
  }
}
