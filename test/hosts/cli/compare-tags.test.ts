import { beforeAll, expect, test } from 'vitest';
import { built } from '../../support/compared.ts';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

test('compare says what is different between registries and repositories, and ends with 3 where something is', async () => {
  const [left, right] = [await startTestRegistry(), await startTestRegistry()];
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  await push(one, left, 'team/app', '1.0');
  await push(one, left, 'team/app', '2.0');
  await push(one, left, 'team/app', '3.0');
  await push(one, right, 'team/app', '1.0');
  await push(two, right, 'team/app', '2.0');
  await push(two, right, 'other', 'only');
  const [from, to] = [new URL(left.url).host, new URL(right.url).host];
  const cli = await CommandLine.open();

  const compared = await cli.run(['compare', from, to, '--json']);
  expect(compared).toMatchObject({ code: 3, stderr: '' });
  const tagAt = (repository: string, { digest }: { digest: string }) => ({
    repository,
    digest,
    created: null,
  });
  expect(JSON.parse(compared.stdout)).toEqual({
    left: from,
    right: to,
    counts: { same: 1, different: 1, onlyLeft: 1, onlyRight: 1, unknown: 0 },
    tags: [
      { repository: 'other', tag: 'only', state: 'onlyRight', left: null, right: tagAt('other', two) },
      {
        repository: 'team/app',
        tag: '1.0',
        state: 'same',
        left: tagAt('team/app', one),
        right: tagAt('team/app', one),
      },
      {
        repository: 'team/app',
        tag: '2.0',
        state: 'different',
        newer: 'unknown',
        left: tagAt('team/app', one),
        right: tagAt('team/app', two),
      },
      { repository: 'team/app', tag: '3.0', state: 'onlyLeft', left: tagAt('team/app', one), right: null },
    ],
  });

  // What was just looked at is not asked again, of a repository neither.
  for (const registry of [left, right]) registry.expectOnly();
  const text = await cli.run(['compare', `${from}/team/app`, `${to}/team/app`]);
  expect(text.code).toBe(3);
  expect(text.stdout.split('\n')).toEqual([
    expect.stringMatching(/^TAG +STATE +NEWER +LEFT +RIGHT$/),
    expect.stringMatching(/^2\.0 +different +unknown +sha256:\w{12} +sha256:\w{12}$/),
    expect.stringMatching(/^3\.0 +only left +sha256:\w{12} +-$/),
    `${from}/team/app and ${to}/team/app: 1 same, 1 different, 1 only left`,
    '',
  ]);
  expect(await cli.run(['compare', from, from])).toMatchObject({
    code: 0,
    stdout: `${from} and ${from}: 3 same\n`,
  });
  expect(await cli.run(['compare', from, `${to}/team/app`])).toMatchObject({ code: 2 });
  expect(await cli.run(['compare', `${from}/team/app:1.0`, to])).toMatchObject({ code: 2 });
});

test('compare says of more than two sides what each has otherwise than the left one, and reads what differs when it is asked to', async () => {
  const made = (created: string) => built({ layers: [[{ name: 'at', content: created }]], created });
  const [older, newer] = [made('2024-01-02T03:04:05Z'), made('2025-01-02T03:04:05Z')];
  const registries = await Promise.all([startTestRegistry(), startTestRegistry(), startTestRegistry()]);
  for (const [at, registry] of registries.entries()) {
    await push(older, registry, 'app', 'same');
    await push(at === 2 ? newer : older, registry, 'app', 'moved');
  }
  const [first = '', second = '', third = ''] = registries.map(({ url }) => new URL(url).host);
  const cli = await CommandLine.open();
  const compared = await cli.run(['compare', first, second, '--also', third, '--read']);
  expect(compared).toMatchObject({ code: 3, stderr: '' });
  expect(compared.stdout.split('\n')).toEqual([
    expect.stringMatching(/^TAG +STATE +NEWER +\S+$/),
    expect.stringMatching(/^app:moved +same +different$/),
    `${first} and ${second}: 2 same`,
    `${first} and ${third}: 1 same, 1 different`,
    '',
  ]);
  const document = await cli.run(['compare', first, second, '--also', third, '--json']);
  expect(JSON.parse(document.stdout)).toMatchObject({
    left: first,
    right: second,
    counts: { same: 2, different: 0 },
    also: [{ right: third, counts: { same: 1, different: 1 } }],
    tags: [
      {
        tag: 'moved',
        state: 'same',
        also: [
          {
            state: 'different',
            newer: 'right',
            platforms: { different: ['linux/amd64'] },
            right: { digest: newer.digest, created: '2025-01-02T03:04:05Z' },
          },
        ],
      },
      { tag: 'same', state: 'same', also: [{ state: 'same' }] },
    ],
  });
  expect(await cli.run(['compare', first, second, '--also', `${third}/app`])).toMatchObject({ code: 2 });
});

test('compare maps names, and does not call the same what it could not look at', async () => {
  const [left, right] = [await startTestRegistry(), await startTestRegistry()];
  const image = await makeImage();
  await push(image, left, 'app', '1');
  await push(image, left, 'app', '2');
  await push(image, right, 'mirror/app', '1');
  await push(image, right, 'mirror/app', '2');
  const [from, to] = [new URL(left.url).host, new URL(right.url).host];
  const cli = await CommandLine.open();
  right.inject({ when: { path: /manifests\/2/ }, kind: 'status', status: 404 });
  const compared = await cli.run(['compare', from, to, '--rename', 'mirror/{repository}']);
  expect(compared.code).toBe(1);
  expect(compared.stdout).toContain('1 same, 1 unknown');
  right.clearFaults();
  expect(await cli.run(['compare', from, `${to}/mirror/`, '--max-age', '0'])).toMatchObject({
    code: 0,
    stdout: `${from} and ${to}/mirror/: 2 same\n`,
  });
});
