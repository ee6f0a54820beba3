import { expect, test } from 'vitest';
import { linkAmong, placeOfLink } from '../../../src-main/hosts/electron/deep-link.ts';

test.each([
  [
    'wharfinger://open/registry.example.com/team/app:1.0',
    '/open?reference=registry.example.com%2Fteam%2Fapp%3A1.0',
  ],
  ['wharfinger://open/localhost%3A5000/app', '/open?reference=localhost%3A5000%2Fapp'],
  ['wharfinger://open/', '/'],
  ['wharfinger://open', '/'],
  [
    'wharfinger://compare?left=a.example/app:1&right=b.example/app:2&tab=files&else=1',
    '/compare?left=a.example%2Fapp%3A1&right=b.example%2Fapp%3A2&tab=files',
  ],
  ['wharfinger://compare', '/compare'],
  // No link makes the app read what lies on this machine.
  [
    'wharfinger://compare?left=oci:/home/ann/images:1&right=b.example/app:2',
    '/compare?right=b.example%2Fapp%3A2',
  ],
])('%s leads to %s', (link, place) => {
  expect(placeOfLink(link)).toBe(place);
});

test.each([
  'wharfinger://app/settings',
  'https://open/registry.example.com',
  'wharfinger://open/%E0%A4%A',
  `wharfinger://open/${'a'.repeat(3000)}`,
  'no link',
])('%s leads nowhere', (link) => {
  expect(placeOfLink(link)).toBeUndefined();
});

test('the link is found among the arguments of a program', () => {
  expect(linkAmong(['/usr/bin/wharfinger', '--flag', 'wharfinger://open/a.example/b'])).toBe(
    'wharfinger://open/a.example/b',
  );
  expect(linkAmong(['/usr/bin/wharfinger'])).toBeUndefined();
});
