import { MEDIA_TYPES } from '../storage/manifest.ts';
import { attest } from './attestation.ts';
import type { Descriptor, Platform, SampleBuilder, Step } from './builder.ts';
import { type Layer, makeLayer } from './layer.ts';
import { programBytes, prose } from './random.ts';
import { baseSteps } from './rootfs.ts';

const REPOSITORY = 'harbour/web';

interface Version {
  version: string;
  created: string;
  tags: readonly string[];
  /** The web server in it: versions with the same one share its layer. */
  server: string;
  attested: boolean;
  /** Of the pages, in KiB. */
  assets: number;
}

const VERSIONS: readonly Version[] = [
  {
    version: '1.3.0',
    created: '2025-03-18T09:12:44Z',
    tags: ['1.3.0', '1.3'],
    server: '1.26.3',
    attested: false,
    assets: 210,
  },
  {
    version: '1.4.1',
    created: '2025-11-05T16:40:02Z',
    tags: ['1.4.1'],
    server: '1.28.0',
    attested: true,
    assets: 260,
  },
  {
    version: '1.4.2',
    created: '2026-06-23T08:05:31Z',
    tags: ['1.4.2', '1.4', '1', 'latest'],
    server: '1.28.0',
    attested: true,
    assets: 275,
  },
];

const PLATFORMS: readonly Platform[] = [
  { architecture: 'amd64', os: 'linux' },
  { architecture: 'arm64', os: 'linux', variant: 'v8' },
];

/** A web server for two platforms; the newer versions carry BuildKit attestations. @returns the newest index. */
export async function seedWeb(builder: SampleBuilder): Promise<{ repository: string; latest: Descriptor }> {
  const indexes: Descriptor[] = [];
  for (const entry of VERSIONS) indexes.push(await seedVersion(builder, entry));
  const latest = indexes.at(-1);
  if (!latest) throw new Error('there is no version');
  return { repository: REPOSITORY, latest };
}

async function seedVersion(builder: SampleBuilder, entry: Version): Promise<Descriptor> {
  const images: Descriptor[] = [];
  for (const platform of PLATFORMS) images.push(await image(builder, entry, platform));
  const attestations: Descriptor[] = [];
  for (const target of entry.attested ? images : []) {
    attestations.push(await attest(builder, REPOSITORY, target, entry));
  }
  const value = { manifests: [...images, ...attestations] };
  const index = await builder.manifest(REPOSITORY, MEDIA_TYPES.ociIndex, value, entry.tags);
  builder.list(REPOSITORY, index, 'index', entry.tags);
  return index;
}

async function image(builder: SampleBuilder, entry: Version, platform: Platform): Promise<Descriptor> {
  return builder.image(REPOSITORY, {
    platform,
    created: entry.created,
    settings: {
      User: '1000:1000',
      ExposedPorts: { '8080/tcp': {} },
      Env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        `HARBOUR_WEB_VERSION=${entry.version}`,
      ],
      Entrypoint: ['/usr/sbin/quayd'],
      Cmd: ['-config', '/etc/quayd/quayd.conf'],
      WorkingDir: '/srv/www',
      Labels: {
        'org.opencontainers.image.title': 'Harbour web',
        'org.opencontainers.image.version': entry.version,
        'org.opencontainers.image.source': 'https://git.example/harbour/web',
        'org.opencontainers.image.licenses': 'Apache-2.0',
      },
    },
    steps: await steps(builder, entry, platform.architecture),
  });
}

async function steps(builder: SampleBuilder, entry: Version, architecture: string): Promise<Step[]> {
  const created = new Date(entry.created);
  return [
    ...(await baseSteps(builder, architecture)),
    { createdBy: `ENV HARBOUR_WEB_VERSION=${entry.version}` },
    {
      createdBy: `RUN /bin/sh -c apk add --no-cache quayd=${entry.server} # buildkit`,
      layer: await builder.sharedLayer(`quayd ${entry.server} ${architecture}`, () =>
        serverLayer(entry.server, architecture),
      ),
    },
    {
      createdBy: 'COPY dist/ /srv/www/ # buildkit',
      layer: await makeLayer(created, [
        { path: 'srv/www/' },
        { path: 'srv/www/index.html', content: page(entry.version) },
        { path: 'srv/www/assets/app.css', content: prose('styles', 18 * 1024) },
        { path: 'srv/www/assets/app.js', content: prose(`script ${entry.version}`, entry.assets * 1024) },
        { path: 'srv/www/assets/quay.webp', content: programBytes('picture', 96 * 1024) },
      ]),
    },
    {
      createdBy: 'RUN /bin/sh -c rm -f /etc/motd && chmod +x /usr/local/bin/healthcheck # buildkit',
      layer: await makeLayer(created, [
        { path: 'etc/.wh.motd', content: '' },
        {
          path: 'usr/local/bin/healthcheck',
          content: '#!/bin/sh\nexec wget -qO- http://127.0.0.1:8080/health\n',
          mode: 0o755,
        },
      ]),
    },
    { createdBy: 'USER 1000:1000' },
    { createdBy: 'EXPOSE map[8080/tcp:{}]' },
    { createdBy: 'WORKDIR /srv/www' },
    { createdBy: 'ENTRYPOINT ["/usr/sbin/quayd"]' },
    { createdBy: 'CMD ["-config" "/etc/quayd/quayd.conf"]' },
  ];
}

/** Dated as its package: two versions with the same server have the same layer. */
function serverLayer(release: string, architecture: string): Promise<Layer> {
  const program = programBytes(`quayd ${release} ${architecture}`, 620 * 1024);
  return makeLayer(new Date('2025-02-20T10:00:00Z'), [
    { path: 'etc/quayd/' },
    { path: 'etc/quayd/quayd.conf', content: 'listen 8080;\nroot /srv/www;\naccess_log off;\n' },
    { path: 'usr/sbin/quayd', content: program, mode: 0o755 },
  ]);
}

function page(name: string): string {
  return `<!doctype html>\n<html lang="en">\n<title>Harbour ${name}</title>\n<script src="assets/app.js"></script>\n</html>\n`;
}
