import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';

const SEARCH = '/v2/_zot/ext/search';
const REPLY_MAX = 32 * 1024 * 1024;

/**
 * The search extension: GraphQL behind the registry's own sign-in. A field that a version does not have makes its query fail as a whole.
 *
 * @see zotregistry.dev, "Search extension"; project-zot/zot, `pkg/extensions/search/schema.graphql`
 */
export class Search {
  readonly #client: RegistryClient;
  /** It answered that it is not there: a setting, or another build of zot. */
  #missing: RegistryError | undefined;

  constructor(client: RegistryClient) {
    this.#client = client;
  }

  /** @throws {RegistryError} `notFound` where the extension is off; of status 200 or 422, with its words, where it refuses the query */
  async ask<T>(query: string, schema: z.ZodType<T>, signal: AbortSignal | undefined): Promise<T> {
    if (this.#missing) throw this.#missing;
    const url = `${SEARCH}?${new URLSearchParams({ query })}`;
    try {
      const headers = { accept: 'application/json' };
      const reply = await this.#client.request({ method: 'GET', url, headers, expect: [200, 422], signal });
      // A body that lists errors is refused as such.
      return (await reply.json(z.object({ data: schema }), REPLY_MAX)).data;
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'notFound') this.#missing = error;
      throw error;
    }
  }
}
