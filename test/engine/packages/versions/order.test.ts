import { expect, test } from 'vitest';
import { compareVersions } from '../../../../src-main/engine/packages/versions/order.ts';

/** Each before the next, as the ecosystem's own tool or specification says; written by hand. */
const ORDERED: Readonly<Record<string, readonly string[]>> = {
  deb: [
    '0:9.9~~',
    '0:9.9~~a',
    '0:9.9~',
    '0:9.9',
    '0:9.9a',
    '0:9.9+deb12u1',
    '0:9.9.1-1~deb12u1',
    '0:9.9.1-1',
    '0:9.9.1-1+b1',
    '0:9.9.1-2',
    '0:9.9.1-10',
    '0:9.10',
    '1:0.1',
  ],
  rpm: [
    '1.0~rc1',
    '1.0',
    '1.0^git1',
    '1.0a',
    '1.0.1',
    '1.1-1.el9',
    '1.1-2.el9',
    '1.1-10.el9',
    '1.5',
    '1.10',
    '1.010.1',
    '2',
  ],
  apk: [
    '1.2.3_alpha1',
    '1.2.3_beta2',
    '1.2.3_pre1',
    '1.2.3_rc1',
    '1.2.3_rc2-r0',
    '1.2.3-r0',
    '1.2.3-r1',
    '1.2.3-r10',
    '1.2.3_git20230101-r0',
    '1.2.3_p1-r0',
    '1.2.3a-r0',
    '1.2.3b-r0',
    '1.2.4-r0',
    '1.2.10-r0',
  ],
  maven: [
    '1.0-alpha-1',
    '1.0-alpha2',
    '1.0-beta-1',
    '1.0-b2',
    '1.0-milestone3',
    '1.0-rc1',
    '1.0-cr2',
    '1.0-SNAPSHOT',
    '1.0',
    '1.0-sp1',
    '1.0-jre',
    '1.0-1',
    '1.0.1',
    '1.2',
    '1.10',
    '2.0-beta9',
    '2.0',
    '2.12.1',
    '2.17.0',
    '2.17.1',
  ],
  pypi: [
    '1.0.dev1',
    '1.0a1.dev1',
    '1.0a1',
    '1.0a2',
    '1.0b1',
    '1.0rc1',
    '1.0',
    '1.0+abc.5',
    '1.0+5',
    '1.0.post1.dev1',
    '1.0.post1',
    '1.0.1',
    '1.10',
    '1!0.5',
  ],
  npm: [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.2.0',
    '1.10.0',
    '11.0.0',
  ],
  golang: [
    'v0.0.0-20170915032832-14c0d48ead0c',
    'v0.0.0-20190101000000-aaaaaaaaaaaa',
    'v0.1.0',
    'v1.2.3-rc.1',
    'v1.2.3',
    'v2.0.0+incompatible',
  ],
  nuget: ['4.3.0-preview1', '4.3.0', '4.3.0.1', '4.3.1', '4.10.0'],
  gem: ['1.0.0.pre1', '1.0.0', '1.0.1'],
};

for (const [type, versions] of Object.entries(ORDERED))
  test(`versions of ${type} have its order`, () => {
    for (const [at, one] of versions.entries())
      for (const [place, other] of versions.entries()) {
        const order = compareVersions(type, one, other);
        expect(order === undefined ? undefined : Math.sign(order), `${one}, ${other}`).toBe(
          Math.sign(at - place),
        );
      }
  });

test.each([
  ['deb', '3.0.15-1~deb12u1', '3.0.15'],
  ['deb', '1:9.18.28-1', '9.18.28'],
  ['deb', '1.0', '1.00'],
  ['rpm', '1:3.0.7-27.el9', '3.0.7'],
  ['rpm', '1.0.0', '1_0.0'],
  ['apk', '3.1.4-r5', '3.1.4'],
  ['maven', '1.0', '1'],
  ['maven', '1.0.0.Final', '1.0'],
  ['maven', '1.0.RC1', '1.0-cr1'],
  ['maven', '1.0-a1', '1.0-alpha-1'],
  ['pypi', '1.0', '1.0.0'],
  ['pypi', '1.0-rc.1', '1.0c1'],
  ['pypi', '1.0-1', '1.0.post1'],
  ['npm', '1.2.3+build.1', 'v1.2.3'],
  ['golang', 'go1.22.0', '1.22'],
])('%s: %s is %s', (type, one, other) => {
  expect(compareVersions(type, one, other)).toBe(0);
  expect(compareVersions(type, other, one)).toBe(0);
});

test('what is no version there has no order', () => {
  expect(compareVersions('pypi', '2004d-custom', '1.0')).toBeUndefined();
  expect(compareVersions('npm', 'latest', '1.0.0')).toBeUndefined();
  expect(compareVersions('golang', '(devel)', 'v1.0.0')).toBeUndefined();
  expect(compareVersions('apk', 'unknown', '1.0-r0')).toBeUndefined();
  expect(compareVersions('deb', '', '1.0')).toBeUndefined();
  expect(compareVersions('maven', 'a1'.repeat(200), '1')).toBeUndefined();
});

test('where the ecosystem is not known numbers count as numbers', () => {
  expect(compareVersions('generic', '1.9', '1.10')).toBeLessThan(0);
});
