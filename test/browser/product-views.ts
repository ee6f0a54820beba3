import type { TestApi } from '../support/app.ts';
import { HUB_SIGN_INS, startDockerHub } from '../support/docker-hub.ts';
import { startDockerRegistry } from '../support/docker-registry.ts';
import { freePort } from '../support/free-port.ts';
import { makeImage } from '../support/images.ts';
import { NEXUS_USERS, startNexus } from '../support/nexus.ts';
import { peer } from '../support/peers.ts';
import { addAccount, places } from './fixtures.ts';
import type { View } from './view.ts';

/** Accounts of products: of Distribution with and without a source of its own, where that is on this machine. */
export interface ProductIds {
  readonly nexus: string;
  readonly hub: string;
  readonly distribution?: string;
  readonly cache?: string;
}

export async function prepareProducts(api: TestApi): Promise<ProductIds> {
  const image = await makeImage();
  const { nexus, server } = await startNexus();
  nexus.add('docker-hosted');
  nexus.add('docker-proxy', 'proxy');
  nexus.add('docker-all', 'group', { members: ['docker-hosted', 'docker-proxy'] });
  nexus.add('by-port', 'hosted', { docker: { httpPort: 8082, pathEnabled: false } });
  nexus.push('docker-hosted/team/app', '1', image);
  const depot = await addAccount(api, server, { name: 'Depot' }, NEXUS_USERS.administrator);

  const { hub, reach } = await startDockerHub();
  for (const name of ['ann/app', 'acme/site', 'library/app']) hub.push(name, '1', image);
  const { username, password } = HUB_SIGN_INS.person;
  const own = await api.accounts.add({
    settings: {
      name: 'Hub',
      ...reach,
      tls: { verify: true, authorities: reach.tls.authorities },
      signIn: { kind: 'password', username },
      readOnly: false,
      repositories: [],
    },
    secrets: { password },
  });
  return { nexus: depot.id, hub: own.id, ...(await prepareDistribution(api)) };
}

async function prepareDistribution(api: TestApi): Promise<Pick<ProductIds, 'distribution' | 'cache'>> {
  const program = peer('docker-registry');
  if (program === null) return {};
  const programs = { 'docker-registry': program };
  const debug = `127.0.0.1:${await freePort()}`;
  const source = await startDockerRegistry('deleteDisabled', programs, {
    more: { http: { debug: { addr: debug, prometheus: { enabled: true } } } },
  });
  const cache = await startDockerRegistry('deleteDisabled', programs, {
    more: { proxy: { remoteurl: source.url } },
  });
  const { id } = await api.accounts.add({
    settings: {
      name: 'Plain',
      url: source.url,
      debugUrl: `http://${debug}`,
      signIn: { kind: 'anonymous' },
      tls: { verify: true },
      proxy: { kind: 'none' },
      readOnly: false,
      repositories: [],
    },
    secrets: {},
  });
  return { distribution: id, cache: (await addAccount(api, cache, { name: 'Cache' })).id };
}

/** What products have beside Harbor: registries found in one, a search of all that is public, advice on a configuration file. */
export function productViews({ nexus, hub, distribution, cache }: ProductIds): View[] {
  const at = (id: string, section: string) => `/registries/${id}/administration?section=${section}`;
  return [
    { name: 'nexus-repositories', path: at(nexus, 'repository'), ready: '[role="grid"] [aria-rowindex="2"]' },
    {
      name: 'nexus-found',
      path: at(nexus, 'repository'),
      ready: '[data-action="found"]',
      prepare: async (page) => {
        await page.locator('[data-action="found"]').click();
        await page.getByRole('dialog').locator('tbody tr').first().waitFor();
      },
      key: true,
    },
    { name: 'nexus-about', path: at(nexus, 'about'), ready: '[data-testid="about-registry"] dl' },
    {
      name: 'hub-search',
      path: at(hub, 'search'),
      ready: '[role="tabpanel"] form',
      prepare: async (page) => {
        await page.locator('[role="tabpanel"] form input').first().fill('app');
        await page.keyboard.press('Enter');
        await page.locator('[role="grid"] [aria-rowindex="2"]').waitFor();
      },
      key: true,
    },
    ...(distribution !== undefined && cache !== undefined
      ? [
          {
            name: 'distribution-configuration',
            path: at(distribution, 'configuration'),
            ready: '[data-testid="configuration"] section',
            key: true,
          },
          {
            name: 'distribution-about',
            path: at(distribution, 'about'),
            ready: '[data-testid="about-registry"] dl',
          },
          {
            name: 'cache-details',
            path: places.registry(cache, { details: '1' }),
            ready: '[role="dialog"] h2 >> nth=1',
          },
        ]
      : []),
  ];
}
