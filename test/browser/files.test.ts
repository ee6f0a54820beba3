import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { blob, mediaTypes, seededBytes, sha256, type TestManifest } from '../support/images.ts';
import { imageOf, type RawEntry, rawTar } from '../support/layers.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, store } from './fixtures.ts';
import { gone, openApp, shown } from './harness.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>document.title = "run"</script></svg>';
const HTML = '<b>bold</b><img src="x" onerror="document.title = \'run\'">\n';

/** A picture of one red point. */
function png(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 255, 0, 0]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

const BASE: readonly RawEntry[] = [
  { name: 'etc/', type: '5', mode: 0o755 },
  { name: 'etc/motd', content: 'Willkommen\n', mode: 0o640 },
  { name: 'etc/old.conf', content: 'x'.repeat(1000) },
  { name: 'usr/share/page.html', content: HTML },
  { name: 'usr/share/picture.png', content: png() },
  { name: 'usr/share/picture.svg', content: SVG },
  { name: 'usr/share/link', type: '2', link: 'page.html' },
];
const UPPER: readonly RawEntry[] = [
  { name: 'etc/motd', content: 'changed\n' },
  { name: 'etc/.wh.old.conf' },
  { name: 'etc/new.conf', content: 'new\n' },
];

async function openFiles(
  image: TestManifest,
  { locale = 'en-US', search = {} }: { locale?: string; search?: Record<string, string> } = {},
) {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', image, ['1.0']);
  const { app, page, api } = await openApp({ locale });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.image(id, 'team/app', '1.0', { tab: 'files', ...search }));
  return { page, registry, main: page.getByRole('main'), tree: page.getByRole('treegrid') };
}

/** Row of a tree or a list, by how its name begins. */
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });

const plain = () => imageOf([rawTar(BASE), rawTar(UPPER)]);

test('small layers are read at once; the tree opens directory by directory, by keys too', async () => {
  const { page, tree } = await openFiles(plain());
  await shown(rowOf(page, 'etc'));
  await expect.poll(() => rowOf(page, 'etc').getAttribute('aria-expanded')).toBe('false');
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  await shown(rowOf(page, 'motd'));
  await expect.poll(() => rowOf(page, 'motd').getAttribute('aria-level')).toBe('2');
  await expect.poll(() => rowOf(page, 'etc').getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const path = page.getByRole('navigation', { name: 'Path' });
  await expect.poll(() => path.textContent()).toBe('/etc/new.conf');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => path.textContent()).toBe('/etc');
  await page.keyboard.press('ArrowLeft');
  await gone(rowOf(page, 'motd'));
});

test('directories show what lies below them, and the largest come first when asked', async () => {
  const large = { name: 'opt/large/data', content: 'x'.repeat(25_000) };
  const { page, main } = await openFiles(imageOf([rawTar(BASE), rawTar([...UPPER, large])]));
  const opt = rowOf(page, 'opt');
  await shown(opt.getByText('25.0 kB'));
  // The pointer follows it: sizes that came have their columns measured again, and it may move away from under a pointer that rests.
  const size = opt.getByText('25.0 kB');
  const hint = page.getByText('1 file below it');
  await expect.poll(async () => [await size.hover(), await hint.isVisible()].at(-1)).toBe(true);
  const names = () => main.getByRole('treegrid').getByRole('row').locator('[role=gridcell]:first-child');
  await expect
    .poll(async () => (await names().allTextContents()).map((name) => name.trim()))
    .toEqual(['etc', 'opt', 'usr']);
  await main.getByRole('treegrid').getByRole('button', { name: 'Size', exact: true }).click();
  await expect
    .poll(async () => (await names().allTextContents()).map((name) => name.trim()))
    .toEqual(['etc', 'usr', 'opt']);
  await main.getByRole('treegrid').getByRole('button', { name: 'Size', exact: true }).click();
  await expect
    .poll(async () => (await names().allTextContents()).map((name) => name.trim()))
    .toEqual(['opt', 'usr', 'etc']);
});

test('each layer says what it did, and its changes are shown and filtered', async () => {
  const { page, main } = await openFiles(plain());
  await shown(main.getByRole('img', { name: '1 added, 1 changed, 1 removed' }));
  await page.getByText('Changes of layer 2', { exact: true }).click();
  const changed = (name: string, change: string) =>
    rowOf(page, name).filter({ has: page.getByText(change, { exact: true }) });
  await shown(changed('motd', 'changed'));
  await shown(changed('old.conf', 'removed'));
  await shown(changed('new.conf', 'added'));
  await main.getByRole('group', { name: 'Changes that are shown' }).getByText('added').click();
  await gone(rowOf(page, 'new.conf'));
  await shown(rowOf(page, 'old.conf'));
  await page
    .getByRole('grid', { name: /^Layers/ })
    .getByRole('row')
    .nth(1)
    .click();
  await shown(page.getByRole('treegrid', { name: 'What layer 1 changed' }));
});

test('a text is shown as text and never as a page, a drawing too; a picture is shown', async () => {
  const { page } = await openFiles(plain(), { search: { filter: 'usr/share' } });
  const dialog = page.getByRole('dialog');
  await rowOf(page, '/usr/share/page.html').click();
  const text = dialog.getByRole('region', { name: 'Text of the file' });
  await expect.poll(() => text.textContent()).toBe(HTML);
  await shown(dialog.getByText(sha256(HTML).slice(0, 19)));
  await page.keyboard.press('Escape');
  await rowOf(page, '/usr/share/picture.svg').click();
  await expect.poll(() => text.textContent()).toBe(SVG);
  await page.keyboard.press('Escape');
  await rowOf(page, '/usr/share/picture.png').click();
  const picture = dialog.getByRole('img', { name: 'picture.png' });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await page.keyboard.press('Escape');
  expect(await page.title()).not.toContain('run');
});

test('files are found by a pattern, shown in the tree, and saved; a directory as an archive', async () => {
  const { page, main } = await openFiles(plain());
  await main.getByRole('textbox', { name: 'Search by path' }).fill('*.conf');
  await shown(rowOf(page, '/etc/new.conf'));
  await rowOf(page, '/etc/new.conf').getByRole('button', { name: 'Actions for etc/new.conf' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save file…' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('new.conf');
  expect(await readFile(await saved.path(), 'utf8')).toBe('new\n');
  await rowOf(page, '/etc/new.conf').getByRole('button', { name: 'Actions for etc/new.conf' }).click();
  await page.getByRole('menuitem', { name: 'Show in the tree' }).click();
  await shown(rowOf(page, 'motd'));
  await expect.poll(() => page.getByRole('navigation', { name: 'Path' }).textContent()).toBe('/etc/new.conf');
  await page.getByRole('button', { name: 'Actions for etc', exact: true }).click();
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save as tar archive…' }).click(),
  ]);
  expect(archive.suggestedFilename()).toBe('etc.tar');
  const listed = execFileSync('tar', ['tf', await archive.path()], { encoding: 'utf8' });
  expect(listed.trim().split('\n').sort()).toEqual(['motd', 'new.conf']);
});

test('what is wasted is listed with the efficiency, and leads to the file', async () => {
  const { page, main } = await openFiles(plain(), { search: { view: 'wasted' } });
  await shown(main.getByText('Efficiency'));
  await shown(rowOf(page, '/etc/old.conf'));
  await rowOf(page, '/etc/motd').click();
  await expect.poll(() => page.getByRole('navigation', { name: 'Path' }).textContent()).toBe('/etc/motd');
});

test('what reading costs is said before large layers are read, and it can be stopped', async () => {
  const large = rawTar([{ name: 'data', content: seededBytes('large', 33_000_000) }]);
  const { page, main, registry } = await openFiles(imageOf([rawTar(BASE), large]));
  await shown(main.getByText('2 layers have to be read first'));
  await shown(main.getByText(/33\.\d\sMB must be downloaded/));
  expect(registry.requests.filter(({ path }) => path.includes('/blobs/')).length).toBeLessThan(2);
  registry.inject({ kind: 'stall', afterBytes: 1_000, when: { method: 'GET', path: /\/blobs\// } });
  await main.getByRole('button', { name: 'Read layers' }).click();
  await shown(main.getByText(/^Reading layers: /));
  await main.getByRole('button', { name: 'Cancel' }).click();
  await shown(main.getByRole('button', { name: 'Read layers' }));
  registry.clearFaults();
  await main.getByRole('button', { name: 'Read layers' }).click();
  await shown(rowOf(page, 'data'));
});

test('a layer that is no archive says so, and the files of the others are there', async () => {
  const odd = blob('application/vnd.example.model', seededBytes('odd', 5_000));
  const { page, main } = await openFiles(imageOf([rawTar(BASE), odd]));
  await shown(main.getByText('Not an archive of files'));
  await shown(rowOf(page, 'usr'));
});

test('a layer whose content is not what the config says is warned of; one that is cut short says so and offers another try', async () => {
  const cut = blob(mediaTypes.oci.layer, gzipSync(rawTar(UPPER)).subarray(0, -40));
  const image = imageOf([rawTar(BASE), cut], { diffIds: [sha256('another'), sha256(rawTar(UPPER))] });
  const { main } = await openFiles(image);
  const layers = main.getByRole('grid', { name: /^Layers/ });
  await shown(
    layers.getByRole('img', { name: 'Its content does not match the digest in the configuration.' }),
  );
  await shown(layers.getByText('Could not be read'));
  await shown(layers.getByRole('button', { name: 'Try again' }));
  await shown(main.getByRole('treegrid').getByRole('row').filter({ hasText: 'usr' }));
});

test('50,000 files in one directory come in fifty pages; scrolling draws what is in view and asks for nothing', async () => {
  const many = Array.from({ length: 50_000 }, (_, number) => ({ name: `many/file-${number}`, content: '' }));
  const { page, tree } = await openFiles(imageOf([rawTar([{ name: 'many/', type: '5' }, ...many])]));
  let lists = 0;
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (payload.includes('files/list')) lists += 1;
    }),
  );
  await page.reload();
  await shown(rowOf(page, 'many'));
  expect(lists).toBe(1);
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => tree.getAttribute('aria-rowcount')).toBe('50002');
  expect(lists).toBe(51);
  const drawn = await tree.evaluate(async (grid) => {
    const rows: number[] = [];
    for (let screen = 0; screen < 30; screen++) {
      grid.scrollTop += grid.clientHeight;
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      rows.push(grid.querySelectorAll('[role=row]').length);
    }
    return { most: Math.max(...rows), inView: Math.ceil(grid.clientHeight / 28) };
  });
  // The head, and five rows beyond the view on each side.
  expect(drawn.most).toBeLessThanOrEqual(drawn.inView + 12);
  expect(drawn.most).toBeGreaterThan(drawn.inView / 2);
  await page.keyboard.press('End');
  await shown(rowOf(page, 'file-9999'));
  expect(lists).toBe(51);
});

test('in Chinese', async () => {
  const { page, main } = await openFiles(plain(), { locale: 'zh-CN' });
  await shown(rowOf(page, 'etc'));
  await shown(main.getByText('第 2 层的更改'));
  await shown(page.getByRole('treegrid', { name: '第 2 层及其下各层的文件' }));
});
