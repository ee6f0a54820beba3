import { expect, test } from 'vitest';
import { imageOf, rawTar } from '../support/layers.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, scanAll, store } from './fixtures.ts';
import { openApp, shown } from './harness.ts';

const DEBIAN = rawTar([
  {
    name: 'var/lib/dpkg/status',
    content: 'Package: openssl\nStatus: install ok installed\nVersion: 3.0.14-1~deb12u2\n',
  },
]);

async function openFind(locale: string, readOnly = false) {
  const registry = await startTestRegistry();
  const app = imageOf([DEBIAN, rawTar([{ name: 'app/server.js', content: 'serve()' }])]);
  await store(registry, 'team/debian', imageOf([DEBIAN]), ['12']);
  await store(registry, 'team/app', app, ['1.0', 'latest']);
  const opened = await openApp({ locale });
  const { id } = await addAccount(opened.api, registry, { name: 'Harbour', readOnly });
  await scanAll(opened.api, id);
  await opened.page.goto(`${opened.app.origin}/find`);
  return { ...opened, id, registry, image: app, main: opened.page.getByRole('main') };
}

test('what was not looked into is said; once it is, packages, files, tags and digests lead to their images', async () => {
  const { app, page, main, id, image } = await openFind('en-US');
  const field = main.getByRole('textbox', { name: 'Find in all registries' });
  await field.fill('openssl < 3.0.15');
  const packages = main.getByRole('region', { name: 'Packages' });
  await shown(packages.getByText('Not in any image whose packages were read.'));
  await shown(main.getByText(/^The packages of 2 images have not been read\./));
  await main.getByRole('button', { name: 'Read packages' }).click();
  await packages.getByRole('button', { name: /^openssl 3\.0\.14-1~deb12u2 deb/ }).press('Enter');
  await shown(packages.getByText('deb · 2 images'));
  await shown(packages.getByRole('link', { name: 'team/debian:12' }));
  await packages.getByRole('link', { name: 'team/app:1.0' }).click();
  await page.waitForURL(({ searchParams }) => searchParams.get('tab') === 'packages');
  await shown(main.getByRole('row', { name: /^deb openssl 3\.0\.14/ }));

  await page.goto(app.origin + places.image(id, 'team/app', '1.0'));
  const base = page.getByTestId('base-image');
  await shown(base.getByRole('link', { name: 'team/debian:12' }));
  await shown(base.getByText('1 of 2 layers'));

  await page.goto(`${app.origin}/find?q=server.js`);
  const files = main.getByRole('region', { name: 'Files' });
  await files.getByRole('button', { name: /^\/app\/server\.js/ }).click();
  await shown(files.getByRole('link', { name: 'team/app:1.0' }));
  await field.fill('debian 12');
  const tags = main.getByRole('region', { name: 'Repositories and tags' });
  await shown(tags.getByRole('link', { name: 'team/debian:12' }));
  await field.fill(image.digest.slice(0, 20));
  await main
    .getByRole('region', { name: 'Digests' })
    .getByRole('button', { name: `${image.digest.slice(0, 19)} Image` })
    .click();
  await shown(main.getByRole('region', { name: 'Digests' }).getByRole('link', { name: 'team/app:1.0' }));
});

test('layers that nobody has read are offered to be read with what that costs; then their files are found', async () => {
  const { main } = await openFind('en-US');
  await main.getByRole('textbox', { name: 'Find in all registries' }).fill('server.js');
  const files = main.getByRole('region', { name: 'Files' });
  await shown(files.getByText('Not in any layer that was read.'));
  await shown(files.getByText(/^2 layers have not been read\. Reading them downloads [\d.]+\sk?B\.$/));
  await files.getByRole('button', { name: 'Read layers' }).click();
  await files.getByRole('button', { name: /^\/app\/server\.js/ }).click();
  await shown(files.getByRole('link', { name: 'team/app:1.0' }));
  await expect.poll(() => files.getByRole('button', { name: 'Read layers' }).count()).toBe(0);
});

test('in Chinese, too', async () => {
  const { page, main } = await openFind('zh-CN');
  await page.getByRole('navigation').getByRole('link', { name: '查找' }).click();
  await main.getByRole('textbox', { name: '在所有镜像仓库中查找' }).fill('openssl');
  await main.getByRole('button', { name: '读取软件包' }).click();
  const packages = main.getByRole('region', { name: '软件包' });
  await packages.getByRole('button', { name: /^openssl 3/ }).click();
  await shown(packages.getByText('deb · 2 个镜像'));
  await shown(packages.getByRole('link', { name: 'team/app:1.0' }));
});

test('a registry that is locked is looked into like any other; one that is offline says so and is tried again, and what is known is found all the same', async () => {
  const { registry, main } = await openFind('en-US', true);
  const answer = registry.inject({ kind: 'reset', when: { path: /blobs/ } });
  await main.getByRole('textbox', { name: 'Find in all registries' }).fill('openssl');
  const look = main.getByRole('button', { name: 'Read packages' });
  await look.click();
  await shown(main.getByText(/2 images could not be read \(the first: The connection was lost\)/));
  await main.getByRole('textbox', { name: 'Find in all registries' }).fill('latest');
  await shown(
    main
      .getByRole('region', { name: 'Repositories and tags' })
      .getByRole('link', { name: 'team/app:latest' }),
  );
  answer();
  await main.getByRole('textbox', { name: 'Find in all registries' }).fill('openssl');
  await look.click();
  await shown(main.getByText('3.0.14-1~deb12u2'));
});
