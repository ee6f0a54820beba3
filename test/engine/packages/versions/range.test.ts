import { expect, test } from 'vitest';
import { askedPackage, isWithin } from '../../../../src-main/engine/packages/versions/range.ts';

test('a package is asked for by its name and what its version has to be', () => {
  expect(askedPackage('log4j-core')).toEqual({ name: 'log4j-core', versions: [] });
  expect(askedPackage('log4j-core < 2.17')).toEqual({
    name: 'log4j-core',
    versions: [{ operator: '<', version: '2.17' }],
  });
  expect(askedPackage('openssl>=3.0, <3.0.15')?.versions).toEqual([
    { operator: '>=', version: '3.0' },
    { operator: '<', version: '3.0.15' },
  ]);
  expect(askedPackage('lodash@4.17.21')).toEqual({
    name: 'lodash',
    versions: [{ operator: '=', version: '4.17.21' }],
  });
  expect(askedPackage('@babel/core')).toEqual({ name: '@babel/core', versions: [] });
  expect(askedPackage('@babel/core@7.0.0')?.versions).toEqual([{ operator: '=', version: '7.0.0' }]);
  expect(askedPackage('bash = 1:5.2')?.versions).toEqual([{ operator: '=', version: '1:5.2' }]);
});

test('what is not typed to its end is no question', () => {
  expect(askedPackage('log4j-core <')).toBeUndefined();
  expect(askedPackage('log4j-core < 2.17 and more')).toBeUndefined();
  expect(askedPackage('< 2.17')).toBeUndefined();
  expect(askedPackage(' ')).toBeUndefined();
});

const within = (type: string, version: string, asked: string) =>
  isWithin(type, version, askedPackage(`x ${asked}`)?.versions ?? []);

test('versions are within or not', () => {
  expect(within('maven', '2.14.1', '< 2.17')).toBe(true);
  expect(within('maven', '2.17.0', '< 2.17')).toBe(false);
  expect(within('maven', '2.0-beta9', '>= 2.0-beta9, < 2.15.0')).toBe(true);
  expect(within('maven', '2.9', '< 2.17')).toBe(true);
  expect(within('deb', '3.0.14-1~deb12u2', '< 3.0.15')).toBe(true);
  expect(within('deb', '3.0.15-1~deb12u1', '< 3.0.15')).toBe(false);
  expect(within('deb', '3.0.15-1~deb12u1', '<= 3.0.15')).toBe(true);
  expect(within('deb', '3.0.15-1~deb12u1', '< 3.0.15-1')).toBe(true);
  expect(within('rpm', '1:3.0.7-16.el9', '< 3.0.8')).toBe(true);
  expect(within('rpm', '1:3.0.7-16.el9', '< 0:3.0.8')).toBe(false);
  expect(within('apk', '3.1.4-r5', '= 3.1.4')).toBe(true);
  expect(within('apk', '3.1.4-r5', '< 3.1.4-r6')).toBe(true);
  expect(within('pypi', '2.0rc1', '< 2.0')).toBe(true);
  expect(within('npm', '4.17.20', '!= 4.17.21')).toBe(true);
});

test('what has no order is neither, but itself it is', () => {
  expect(within('npm', 'github:a/b', '< 2.0.0')).toBeUndefined();
  expect(within('npm', 'github:a/b', '= github:a/b')).toBe(true);
  expect(within('npm', '', '< 2.0.0')).toBeUndefined();
});
