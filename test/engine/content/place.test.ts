import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  formatContentReference,
  isContentReference,
  parseContentReference,
  recognise,
} from '../../../src-main/engine/index.ts';
import { makeImage } from '../../support/images.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { fileOf, newForm, oldForm, tarOf } from './archives.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['oci:/images', { place: { kind: 'ociLayout', path: '/images' } }],
  ['oci:images:1.0', { place: { kind: 'ociLayout', path: 'images' }, repository: '', reference: '1.0' }],
  [
    'oci:images:quay.io/team/app:1.0',
    { place: { kind: 'ociLayout', path: 'images' }, repository: 'quay.io/team/app', reference: '1.0' },
  ],
  [
    `oci:images@${digest}`,
    { place: { kind: 'ociLayout', path: 'images' }, repository: '', reference: digest },
  ],
  [
    'oci:C:\\images:1.0',
    { place: { kind: 'ociLayout', path: 'C:\\images' }, repository: '', reference: '1.0' },
  ],
  [
    'oci-archive:a.tar:1.0',
    { place: { kind: 'ociArchive', path: 'a.tar' }, repository: '', reference: '1.0' },
  ],
  [
    'docker-archive:a.tar:docker.io/library/app:latest',
    {
      place: { kind: 'dockerArchive', path: 'a.tar' },
      repository: 'docker.io/library/app',
      reference: 'latest',
    },
  ],
  ['docker-daemon:', { place: { kind: 'engine' } }],
  [
    'docker-daemon:localhost:5000/app:1.0',
    { place: { kind: 'engine' }, repository: 'localhost:5000/app', reference: '1.0' },
  ],
  [`docker-daemon:${digest}`, { place: { kind: 'engine' }, repository: '', reference: digest }],
])('%s is read and written', (text, wanted) => {
  expect(isContentReference(text)).toBe(true);
  expect(parseContentReference(text)).toEqual(wanted);
  expect(formatContentReference(parseContentReference(text))).toBe(text);
});

test('what is left out of names of Docker is added', () => {
  expect(parseContentReference('docker-archive:a.tar:app')).toMatchObject({
    repository: 'docker.io/library/app',
    reference: 'latest',
  });
  expect(parseContentReference('docker-archive:a.tar:team/app:2')).toMatchObject({
    repository: 'docker.io/team/app',
    reference: '2',
  });
  // Which one is meant the engine decides.
  expect(parseContentReference('docker-daemon:app')).toMatchObject({
    repository: 'app',
    reference: 'latest',
  });
});

test.each(['oci:', 'oci::1.0', `oci:a:1.0@${digest}`])('%s is refused', (text) => {
  expect(() => parseContentReference(text)).toThrow(expect.objectContaining({ code: 'invalidReference' }));
});

test('references of registries are no references of other places', () => {
  for (const text of ['docker.io/library/oci:1.0', 'localhost:5000/app', 'oci/app:1.0'])
    expect(isContentReference(text)).toBe(false);
});

test('what lies at a path is recognised', async () => {
  const image = await makeImage();
  const options = { temporary: await temporaryFolder(), environment: {} };
  const old = await fileOf(await tarOf(oldForm(image)));
  const layout = await fileOf(await tarOf(newForm(image).filter(([name]) => name !== 'manifest.json')));
  const compressed = await fileOf(gzipSync(await tarOf(newForm(image))));
  expect(await recognise(old, options)).toEqual({ kind: 'dockerArchive', path: old });
  expect(await recognise(compressed, options)).toEqual({ kind: 'dockerArchive', path: compressed });
  expect(await recognise(layout, options)).toEqual({ kind: 'ociArchive', path: layout });
  const folder = await temporaryFolder();
  for (const [name, content] of newForm(image)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content as string);
  }
  expect(await recognise(folder, options)).toEqual({ kind: 'ociLayout', path: folder });
  const other = await fileOf(await tarOf([['letter.txt', 'Dear …']]));
  await expect(recognise(other, options)).rejects.toMatchObject({ code: 'notContent' });
});
