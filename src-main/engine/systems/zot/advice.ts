import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { AdvisedSetting, ConfigurationAdvice } from '../../product/advice.ts';
import type { SettingState } from '../../vocabulary/registry-facts.ts';
import type { Search } from './search.ts';

const ARTICLES = 'https://zotregistry.dev/latest/articles';
const lines = (configuration: object): string => JSON.stringify(configuration, null, 2);

/** Which tags stay; all others of the repositories that it names go with a later collection. */
const RETENTION = {
  storage: {
    retention: {
      dryRun: true,
      delay: '24h',
      policies: [
        {
          repositories: ['**'],
          deleteReferrers: false,
          deleteUntagged: true,
          keepTags: [{ mostRecentlyPushedCount: 10, pulledWithin: '720h' }],
        },
      ],
    },
  },
};

/** What of zot's configuration decides over what is kept. It says little of it: only whether search answers. */
export const configurationAdvice = (search: Search): ConfigurationAdvice => ({
  async read(_, signal): Promise<AdvisedSetting[]> {
    return [
      {
        name: 'zotCollection',
        state: 'unknown',
        file: lines({ storage: { gc: true, gcDelay: '1h', gcInterval: '24h' } }),
        documentation: `${ARTICLES}/storage/`,
      },
      {
        name: 'zotRetention',
        state: 'unknown',
        file: lines(RETENTION),
        documentation: `${ARTICLES}/retention/`,
      },
      {
        name: 'zotScrub',
        state: 'unknown',
        file: lines({ extensions: { scrub: { enable: true, interval: '24h' } } }),
        documentation: `${ARTICLES}/storage/`,
      },
      {
        name: 'zotSearch',
        state: await searches(search, signal),
        file: lines({ extensions: { search: { enable: true, cve: { updateInterval: '24h' } } } }),
        documentation: 'https://zotregistry.dev/latest/admin-guide/admin-configuration/',
      },
    ];
  },
});

async function searches(search: Search, signal: AbortSignal | undefined): Promise<SettingState> {
  try {
    await search.ask('{__typename}', z.object({ __typename: z.string() }), signal);
    return 'on';
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
    return error.code === 'notFound' ? 'off' : 'unknown';
  }
}
