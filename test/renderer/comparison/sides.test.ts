import { expect, test } from 'vitest';
import { readSide, type Side, sidesSearch, sideText } from '../../../src-renderer/comparison/sides.ts';

const north = { id: 'a', host: 'localhost:5000' };
const again = { id: 'b', host: 'localhost:5000' };
const south = { id: 'c', host: 'registry.example.com' };
const accounts = [north, again, south];
const digest = `sha256:${'ab'.repeat(32)}`;

const inSouth = (reference: string): Side => ({ accountId: 'c', repository: 'team/app', reference });

test.each<[string, Side]>([
  ['registry.example.com/team/app:1.0', inSouth('1.0')],
  [`registry.example.com/team/app@${digest}`, inSouth(digest)],
  ['localhost:5000/app:1.0', { accountId: 'a', repository: 'app', reference: '1.0' }],
  ['oci:/images:1.0', { place: { kind: 'ociLayout', path: '/images' }, repository: '', reference: '1.0' }],
  [
    'oci-archive:C:\\images.tar:team/app:1.0',
    { place: { kind: 'ociArchive', path: 'C:\\images.tar' }, repository: 'team/app', reference: '1.0' },
  ],
  [
    `oci:/images@${digest}`,
    { place: { kind: 'ociLayout', path: '/images' }, repository: '', reference: digest },
  ],
  [
    'docker-archive:/app.tar:docker.io/library/app:1',
    {
      place: { kind: 'dockerArchive', path: '/app.tar' },
      repository: 'docker.io/library/app',
      reference: '1',
    },
  ],
  ['docker-daemon:app:1', { place: { kind: 'engine' }, repository: 'app', reference: '1' }],
])('%s in an address is that image, and is written so', (text, side) => {
  expect(readSide(text, accounts)).toEqual({ side });
  expect(sideText(side, accounts)).toBe(text);
});

test.each(['', 'team', 'registry.example.com/team/app', 'registry.example.com/:1', 'oci:/images', 'oci:'])(
  '%j names no image',
  (text) => {
    expect(readSide(text, accounts)).toBeUndefined();
  },
);

test('a registry that no account is at is named, whatever the case of its host', () => {
  expect(readSide('Other.example.com/a:1', accounts)).toEqual({ unknown: 'other.example.com' });
  expect(readSide('Registry.example.com/team/app:1.0', accounts)).toEqual({ side: inSouth('1.0') });
});

test('an account is named only where its registry does not say which', () => {
  const inNorth: Side = { accountId: 'b', repository: 'app', reference: '1.0' };
  expect(sidesSearch(inNorth, inSouth('1.0'), accounts)).toEqual({
    left: 'localhost:5000/app:1.0',
    right: 'registry.example.com/team/app:1.0',
    leftAccount: 'b',
    rightAccount: undefined,
  });
  expect(readSide('localhost:5000/app:1.0', accounts, 'b')).toEqual({ side: inNorth });
  // One that is gone does not stand in the way.
  expect(readSide('localhost:5000/app:1.0', accounts, 'z')).toMatchObject({ side: { accountId: 'a' } });
});
