import { expect, test } from 'vitest';
import { parseHelmConfig, parseImageConfig } from '../../../src-main/engine/model/image.ts';

const bytes = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

test('history is joined with layers past the empty ones', () => {
  const { history } = parseImageConfig(
    bytes({
      history: [
        { created_by: 'ADD', created: '2024-01-01T00:00:00Z' },
        { created_by: 'ENV', empty_layer: true },
        { created_by: 'RUN' },
      ],
    }),
    2,
  );
  expect(history).toEqual([
    { createdBy: 'ADD', created: '2024-01-01T00:00:00Z', layer: 0 },
    { createdBy: 'ENV' },
    { createdBy: 'RUN', layer: 1 },
  ]);
});

test.each([
  ['a squashed image', 1],
  ['a base without history', 3],
])('B1: with a history that does not fit (%s) no layer is said to be made by an entry', (_, layers) => {
  const history = [
    { created_by: 'FROM base' },
    { created_by: 'RUN' },
    { created_by: 'ENV', empty_layer: true },
  ];
  const config = parseImageConfig(bytes({ history }), layers);
  expect(config.history).toEqual([{ createdBy: 'FROM base' }, { createdBy: 'RUN' }, { createdBy: 'ENV' }]);
  expect(config.historyApart).toBe(true);
  expect(parseImageConfig(bytes({ history }), 2)).not.toHaveProperty('historyApart');
  expect(parseImageConfig(bytes({ history: null }), 2)).not.toHaveProperty('historyApart');
});

test('a config is read whole', () => {
  const config = parseImageConfig(
    bytes({
      created: '2024-05-06T07:08:09.123Z',
      author: 'me',
      os: 'windows',
      architecture: 'amd64',
      'os.version': '10.0.1',
      config: {
        User: 'app',
        WorkingDir: '/srv',
        Entrypoint: ['/run'],
        Cmd: ['-v'],
        Env: ['A=1'],
        ExposedPorts: { '80/tcp': {} },
        Volumes: { '/data': {} },
        Labels: { a: 'b' },
        StopSignal: 'SIGINT',
        Healthcheck: { Test: ['CMD', 'true'] },
      },
      rootfs: { diff_ids: ['sha256:x'] },
    }),
    1,
  );
  expect(config).toEqual({
    created: '2024-05-06T07:08:09.123Z',
    author: 'me',
    platform: { os: 'windows', architecture: 'amd64', osVersion: '10.0.1' },
    user: 'app',
    workingDir: '/srv',
    entrypoint: ['/run'],
    command: ['-v'],
    environment: ['A=1'],
    exposedPorts: ['80/tcp'],
    volumes: ['/data'],
    labels: { a: 'b' },
    stopSignal: 'SIGINT',
    healthcheck: ['CMD', 'true'],
    history: [],
    diffIds: ['sha256:x'],
  });
});

test('junk in single fields is left out', () => {
  const config = parseImageConfig(
    bytes({
      os: 5,
      created: '0001-01-01T00:00:00Z',
      config: { Entrypoint: 'sh', Cmd: [1, 'b'], Labels: [], Env: null, User: {} },
      history: 'none',
      rootfs: 7,
    }),
    0,
  );
  expect(config).toMatchObject({
    entrypoint: [],
    command: ['b'],
    labels: {},
    environment: [],
    history: [],
    diffIds: [],
  });
  expect(config).not.toHaveProperty('created');
  expect(config).not.toHaveProperty('user');
});

test.each(['', 'junk', '[]', 'null', '"x"'])('%j is no config', (text) => {
  expect(() => parseImageConfig(bytes(text), 0)).toThrow(
    expect.objectContaining({ code: 'invalidResponse' }),
  );
  expect(() => parseHelmConfig(bytes(text))).toThrow(expect.objectContaining({ code: 'invalidResponse' }));
});

test("a chart's config is read", () => {
  expect(
    parseHelmConfig(
      bytes({
        name: 'web',
        version: '1.2.3',
        appVersion: '4',
        keywords: ['a', 1],
        maintainers: [{ name: 'me' }],
      }),
    ),
  ).toEqual({ name: 'web', version: '1.2.3', appVersion: '4', keywords: ['a'], maintainers: ['me'] });
});
