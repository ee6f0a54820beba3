import { expect, test } from 'vitest';
import { readOpened } from '../../../src-renderer/open/opened.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

test.each([
  ['registry.example.com', { host: 'registry.example.com' }],
  ['localhost:5000', { host: 'localhost:5000' }],
  ['registry.example.com/team/app', { host: 'registry.example.com', repository: 'team/app' }],
  [
    'registry.example.com/team/app:1.0',
    { host: 'registry.example.com', repository: 'team/app', reference: '1.0' },
  ],
  ['localhost:5000/app:v1', { host: 'localhost:5000', repository: 'app', reference: 'v1' }],
  [`localhost:5000/app@${DIGEST}`, { host: 'localhost:5000', repository: 'app', reference: DIGEST }],
  [`localhost:5000/app:v1@${DIGEST}`, { host: 'localhost:5000', repository: 'app', reference: DIGEST }],
] as const)('%s leads to its place', (text, place) => {
  expect(readOpened(text)).toEqual(place);
});

test('a link brings no sign-in', () => {
  expect(readOpened('https://ann:secret@registry.example.com/team/app')).toEqual({
    host: 'registry.example.com',
    repository: 'team/app',
  });
});

test('what names no registry leads nowhere', () => {
  expect(readOpened('')).toBeUndefined();
  expect(readOpened('../..')).toBeUndefined();
});
