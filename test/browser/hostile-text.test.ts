import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  amd64,
  blob,
  descriptor,
  makeArtifact,
  makeImage,
  makeIndex,
  manifestOf,
  mediaTypes,
  type TestManifest,
} from '../support/images.ts';
import { type OddRegistry, startOddRegistry } from '../support/odd-registry.ts';
import { addAccount, places, store } from './fixtures.ts';
import { openApp } from './harness.ts';

/** Hides a line on a terminal, turns what follows round, takes no room. */
const HOSTILE = '\u001b[8m\u202elatest\u200b\u2066\u009b';
const SEEN = '‹U+001B›[8m‹U+202E›latest‹U+200B +2›';
const HIDDEN = String.raw`(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;

/** An image and an index whose every word is hostile. */
async function hostileImages(): Promise<{ image: TestManifest; index: TestManifest }> {
  const base = await makeImage({ name: HOSTILE, layers: { [HOSTILE]: 2000, app: 500 } });
  const layers = base.blobs.slice(1);
  const image = manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: descriptor(base.blobs[0] ?? base),
      layers: layers.map((layer) => ({ ...descriptor(layer), mediaType: `${layer.mediaType}${HOSTILE}` })),
      annotations: { [`org.example.${HOSTILE}`]: HOSTILE },
    },
    base.blobs,
  );
  const other = await makeImage({
    name: 'other',
    platform: { os: `linux${HOSTILE}`, architecture: HOSTILE },
  });
  return {
    image,
    index: makeIndex([
      { platform: amd64, manifest: image, annotations: { [HOSTILE]: HOSTILE } },
      { platform: { os: `linux${HOSTILE}`, architecture: HOSTILE, variant: HOSTILE }, manifest: other },
    ]),
  };
}

function hostileChart(): TestManifest {
  const words = { name: HOSTILE, version: '1.0.0', appVersion: HOSTILE, description: HOSTILE, home: HOSTILE };
  const metadata = { apiVersion: 'v2', ...words, keywords: [HOSTILE], maintainers: [{ name: HOSTILE }] };
  const config = blob(mediaTypes.helmConfig, Buffer.from(JSON.stringify(metadata)));
  const chart = blob(mediaTypes.helmChart, Buffer.from('a chart'));
  const title = { 'org.opencontainers.image.title': HOSTILE };
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: descriptor(config),
      layers: [{ ...descriptor(chart), annotations: title }],
    },
    [config, chart],
  );
}

/** A registry that also lists names of its own making, and refuses one repository in hostile words. */
async function startHostileRegistry(): Promise<OddRegistry> {
  const registry = await startOddRegistry(async ({ url }, ordinary) => {
    const refusal = { errors: [{ code: 'DENIED', message: HOSTILE, detail: HOSTILE }] };
    if (url.startsWith('/v2/team/refused/')) return { status: 403, body: refusal };
    if (url.startsWith('/v2/_catalog'))
      return { body: { repositories: ['team/app', `team/${HOSTILE}`, 'team/refused'] } };
    if (url.startsWith('/v2/team/app/tags/list'))
      return { body: { name: 'team/app', tags: ['artifact', 'chart', 'image', 'index', HOSTILE] } };
    return ordinary();
  });
  const { image, index } = await hostileImages();
  const artifact = makeArtifact({
    artifactType: `application/vnd.example${HOSTILE}`,
    content: Buffer.from('x'),
  });
  await store(registry.behind, 'team/app', image, ['image']);
  await store(registry.behind, 'team/app', index, ['index']);
  await store(registry.behind, 'team/app', artifact, ['artifact']);
  await store(registry.behind, 'team/app', hostileChart(), ['chart']);
  return registry;
}

/** Every text and every attribute that is shown or read aloud and holds what cannot be seen. */
function hiddenIn(page: Page): Promise<string[]> {
  return page.evaluate((pattern) => {
    const hidden = new RegExp(pattern, 'u');
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
      if (hidden.test(node.nodeValue ?? ''))
        found.push(`${node.parentElement?.outerHTML.slice(0, 200)}: ${JSON.stringify(node.nodeValue)}`);
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes)
        if (
          /^(title|alt|placeholder|data-hint|data-head|data-tail|aria-.*)$/.test(name) &&
          hidden.test(value)
        )
          found.push(`${name} of ${element.tagName}: ${JSON.stringify(value)}`);
    if (hidden.test(document.title)) found.push(`the window's title: ${document.title}`);
    return found;
  }, HIDDEN);
}

test('S4: whatever a registry writes, nothing unseen is shown or read aloud', {
  timeout: 120_000,
}, async () => {
  const registry = await startHostileRegistry();
  const { app, page, api, guard } = await openApp();
  guard.allow(/./); // an icon of a name that is none, say
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const image = (reference: string, tab?: string) =>
    places.image(id, 'team/app', reference, tab === undefined ? {} : { tab });
  const views: readonly (readonly [string, string])[] = [
    [places.registry(id), '[role="treegrid"] [aria-rowindex="2"]'],
    [places.tags(id, 'team/app'), '[role="grid"] [aria-rowindex="2"]'],
    [places.tags(id, 'team/refused'), '[data-failure]'],
    ...['image', 'index', 'artifact', 'chart'].map(
      (name) => [image(name), '[role="tabpanel"]:visible'] as const,
    ),
    [image('image', 'layers'), '[role="grid"] [aria-rowindex="2"]'],
    [image('image', 'manifest'), '[role="tabpanel"]:visible'],
    [`${places.tags(id, 'team/app')}&selected=image`, '[role="grid"] [aria-rowindex="2"]'],
  ];
  const marked: string[] = [];
  for (const [place, ready] of views) {
    await page.goto(app.origin + place);
    await page.locator(ready).first().waitFor();
    await page.waitForFunction(
      () => document.querySelector('[aria-busy="true"], [class*="mantine-Skeleton"]') === null,
    );
    expect(await hiddenIn(page), place).toEqual([]);
    if ((await page.locator('body').textContent())?.includes(SEEN)) marked.push(place);
  }
  expect(marked).toEqual(
    expect.arrayContaining([
      ...['image', 'index', 'artifact', 'chart'].map((name) => image(name)),
      image('image', 'layers'),
    ]),
  );
});
