import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import { isRepository } from '../../model/reference.ts';
import type { RepositoryLister } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { hubPages } from './api.ts';
import { hubName } from './sign-in.ts';

const organisation = z.object({ orgname: z.string().min(1) });
const repository = z.object({ name: z.string(), namespace: z.string() });

/** As far as a path needs it: what a name in lists may not be is in no list. */
const NAMESPACE = /^[a-z0-9][a-z0-9_-]*$/;
const REFUSALS: ReadonlySet<string> = new Set(['unauthorized', 'denied', 'notFound']);

/**
 * The repositories of the account's own namespace and of the organisations that it belongs to. There is no list of all.
 *
 * @see Docker Hub API reference, "List repositories in a namespace"
 */
export const repositoryLister = (client: RegistryClient, api: ProductApi): RepositoryLister => ({
  async *list(signal) {
    for await (const namespace of namespaces(client, api, signal)) {
      const path = `/v2/namespaces/${namespace}/repositories`;
      for await (const page of hubPages(api, path, repository, signal)) {
        const names = page.map((one) => `${one.namespace}/${one.name}`).filter(isRepository);
        if (names.length > 0) yield names;
      }
    }
  },
});

/** The account's own, first, and those of its organisations. @throws {RegistryError} `unauthorized` for nobody */
export async function* namespaces(
  client: RegistryClient,
  api: ProductApi,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const own = (await hubName(client))?.toLowerCase();
  if (own === undefined)
    throw new RegistryError('unauthorized', '', {
      reason: 'Docker Hub lists repositories of accounts that are signed in.',
    });
  const all = new Set([own, ...(await organisations(api, signal))]);
  yield* [...all].filter((namespace) => NAMESPACE.test(namespace));
}

/** None for an organisation's own token, which is refused there. @see docker/hub-tool, pkg/hub/organizations.go */
async function organisations(api: ProductApi, signal: AbortSignal | undefined): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const page of hubPages(api, '/v2/user/orgs/', organisation, signal))
      found.push(...page.map(({ orgname }) => orgname.toLowerCase()));
  } catch (error) {
    if (!(error instanceof RegistryError) || !REFUSALS.has(error.code)) throw error;
  }
  return found;
}
