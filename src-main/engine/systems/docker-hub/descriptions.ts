import type { RegistryClient } from '../../http/client.ts';
import { readInstant } from '../../model/image.ts';
import { checkRepository } from '../../model/reference.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import type { Permission } from '../../resource-kinds.ts';
import { hubPages } from './api.ts';
import { namespaces } from './repositories.ts';
import {
  type HubRepository,
  hubRepository,
  immutableRules,
  readRepository,
  setImmutableRules,
} from './settings.ts';

/** What is known of a repository beside its tags, and what is written about it. */
export const descriptions = (client: RegistryClient, api: ProductApi): Resources<'hubRepository'> => ({
  scopes: ['registry'],
  fields: ['description', 'overview', 'immutableTags'],
  async *list(_place, signal) {
    for await (const namespace of namespaces(client, api, signal))
      for await (const page of hubPages(
        api,
        `/v2/namespaces/${namespace}/repositories`,
        hubRepository,
        signal,
      ))
        yield page.map(read);
  },
  read: async (id, signal) => read(await readRepository(api, id, signal)),
  mayCreate: async () => 'unsupported',
  /** Not in the reference. @see github.com/peter-evans/dockerhub-description, and docker/hub-tool for the path */
  async change(id, fields, signal) {
    const { description, overview, immutableTags } = fields;
    if (immutableTags !== undefined) await setImmutableRules(api, id, immutableTags ?? [], signal);
    if (description === undefined && overview === undefined) return;
    const reply = await api.request({
      method: 'PATCH',
      url: `/v2/repositories/${checkRepository(id)}/`,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        ...(description === undefined ? {} : { description: description ?? '' }),
        ...(overview === undefined ? {} : { full_description: overview ?? '' }),
      }),
      expect: [200],
      signal,
    });
    await reply.dump();
  },
});

function read(found: HubRepository): Resource<'hubRepository'> {
  const name = `${found.namespace}/${found.name}`;
  const rules = immutableRules(found);
  const updated = readInstant(found.last_updated ?? undefined);
  const {
    description,
    full_description: overview,
    is_private: hidden,
    pull_count: pulls,
    star_count: stars,
  } = found;
  return {
    kind: 'hubRepository',
    id: name,
    name,
    fields: {
      ...(description === undefined ? {} : { description }),
      ...(overview === undefined ? {} : { overview }),
      ...(rules === undefined ? {} : { immutableTags: rules }),
      ...(hidden === undefined ? {} : { private: hidden }),
      ...(pulls === undefined ? {} : { pulls }),
      ...(stars === undefined ? {} : { stars }),
      ...(updated === undefined ? {} : { updated }),
    },
    may: { change: mayChange(found) },
  };
}

function mayChange({ permissions }: HubRepository): Permission {
  if (!permissions) return 'unknown';
  return permissions.admin ? 'yes' : 'projectAdministrators';
}
