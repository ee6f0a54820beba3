import { MEDIA_TYPES } from '../storage/manifest.ts';
import type { Descriptor, Platform, SampleBuilder, Step } from './builder.ts';
import { type Layer, makeLayer } from './layer.ts';
import { programBytes, prose } from './random.ts';
import { baseSteps } from './rootfs.ts';

const REPOSITORY = 'harbour/api';

interface Version {
  version: string;
  created: string;
  tags: readonly string[];
  /** The language runtime: versions with the same one share its layer. */
  runtime: string;
  /** Of the program, in KiB. */
  program: number;
}

const VERSIONS: readonly Version[] = [
  {
    version: '1.9.7',
    created: '2025-05-27T13:20:10Z',
    tags: ['1.9.7', '1.9', '1'],
    runtime: '21.0.6',
    program: 300,
  },
  { version: '2.0.0', created: '2026-01-14T10:01:58Z', tags: ['2.0.0'], runtime: '25.0.1', program: 410 },
  {
    version: '2.0.1',
    created: '2026-08-03T14:33:27Z',
    tags: ['2.0.1', '2.0', '2', 'latest', 'stable'],
    runtime: '25.0.1',
    program: 440,
  },
];

const PLATFORMS: readonly Platform[] = [
  { architecture: 'amd64', os: 'linux' },
  { architecture: 'arm64', os: 'linux' },
  { architecture: 'arm', os: 'linux', variant: 'v7' },
];

/** A service for three platforms, on the same base layers as the web server. */
export async function seedApi(builder: SampleBuilder): Promise<void> {
  for (const entry of VERSIONS) {
    const manifests: Descriptor[] = [];
    for (const platform of PLATFORMS) {
      const recipe = { platform, created: entry.created, settings: settings(entry) };
      manifests.push(
        await builder.image(REPOSITORY, {
          ...recipe,
          steps: await steps(builder, entry, platform.architecture),
        }),
      );
    }
    const annotations = {
      'org.opencontainers.image.created': entry.created,
      'org.opencontainers.image.version': entry.version,
    };
    const index = await builder.manifest(
      REPOSITORY,
      MEDIA_TYPES.ociIndex,
      { manifests, annotations },
      entry.tags,
    );
    builder.list(REPOSITORY, index, 'index', entry.tags);
  }
}

function settings({ version, runtime }: Version): Record<string, unknown> {
  return {
    User: 'harbour',
    ExposedPorts: { '9000/tcp': {}, '9001/tcp': {} },
    Env: ['PATH=/opt/runtime/bin:/usr/local/bin:/usr/bin:/bin', `RUNTIME_VERSION=${runtime}`],
    Entrypoint: ['/opt/api/bin/api'],
    Cmd: ['serve'],
    Volumes: { '/var/lib/api': {} },
    WorkingDir: '/opt/api',
    Labels: {
      'org.opencontainers.image.title': 'Harbour API',
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.vendor': 'Harbour',
    },
    StopSignal: 'SIGTERM',
  };
}

async function steps(
  builder: SampleBuilder,
  { version, created, runtime, program }: Version,
  architecture: string,
): Promise<Step[]> {
  const built = new Date(created);
  return [
    ...(await baseSteps(builder, architecture)),
    { createdBy: `ENV RUNTIME_VERSION=${runtime}` },
    {
      createdBy: `RUN /bin/sh -c wget -qO- https://runtime.example/${runtime} | tar -xz -C /opt/runtime # buildkit`,
      layer: await builder.sharedLayer(`runtime ${runtime} ${architecture}`, () =>
        runtimeLayer(runtime, architecture),
      ),
    },
    { createdBy: 'WORKDIR /opt/api' },
    {
      createdBy: 'COPY --from=build /out/ /opt/api/ # buildkit',
      layer: await makeLayer(built, [
        {
          path: 'opt/api/bin/api',
          content: programBytes(`api ${version} ${architecture}`, program * 1024),
          mode: 0o755,
        },
        {
          path: 'opt/api/config/default.json',
          content: `${JSON.stringify({ version, port: 9000 }, null, 2)}\n`,
        },
        { path: 'opt/api/VERSION', content: `${version}\n` },
      ]),
    },
    {
      createdBy: 'RUN /bin/sh -c rm -rf /var/cache/apk/* && mkdir -p /var/lib/api # buildkit',
      layer: await makeLayer(built, [
        { path: 'var/cache/apk/' },
        { path: 'var/cache/apk/.wh..wh..opq', content: '' },
        { path: 'var/lib/api/', mode: 0o750 },
      ]),
    },
    { createdBy: 'VOLUME [/var/lib/api]' },
    { createdBy: 'USER harbour' },
    { createdBy: 'EXPOSE map[9000/tcp:{} 9001/tcp:{}]' },
    { createdBy: 'ENTRYPOINT ["/opt/api/bin/api"]' },
    { createdBy: 'CMD ["serve"]' },
  ];
}

function runtimeLayer(release: string, architecture: string): Promise<Layer> {
  const program = programBytes(`runtime ${release} ${architecture}`, 540 * 1024);
  return makeLayer(new Date('2025-04-15T00:00:00Z'), [
    { path: 'opt/runtime/' },
    { path: 'opt/runtime/bin/run', content: program, mode: 0o755 },
    { path: 'opt/runtime/lib/modules.txt', content: prose(`modules ${release}`, 60 * 1024) },
    { path: 'opt/runtime/LICENSE', content: prose('licence', 11 * 1024) },
  ]);
}
