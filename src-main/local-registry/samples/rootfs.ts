import type { SampleBuilder, Step } from './builder.ts';
import { type Layer, type LayerFile, makeLayer } from './layer.ts';
import { programBytes, prose } from './random.ts';

/** The base system's release: its layers are shared by every image of one architecture. */
const BASE_RELEASE = '3.21.2';
const BASE_DATE = new Date('2025-01-08T11:30:00Z');

const KIB = 1024;

/** Name of the C library's loader, which differs by architecture. */
const LOADERS: Record<string, string> = { amd64: 'x86_64', arm64: 'aarch64', arm: 'armhf' };

/** A small system: release files, users, a multi-call binary and its links. */
function baseLayer(architecture: string): Promise<Layer> {
  const loader = `lib/ld-musl-${LOADERS[architecture] ?? architecture}.so.1`;
  const commands = ['ash', 'cat', 'cp', 'ls', 'mkdir', 'rm', 'sh', 'wget'];
  return makeLayer(BASE_DATE, [
    { path: 'bin/' },
    { path: 'bin/busybox', content: programBytes(`busybox ${architecture}`, 380 * KIB), mode: 0o755 },
    ...commands.map((name) => ({ path: `bin/${name}`, link: '/bin/busybox' })),
    { path: 'etc/' },
    { path: 'etc/group', content: 'root:x:0:root\nharbour:x:1000:\nnobody:x:65534:\n' },
    { path: 'etc/motd', content: `Welcome aboard.\n\n${prose('motd', 300)}` },
    { path: 'etc/os-release', content: osRelease() },
    {
      path: 'etc/passwd',
      content:
        'root:x:0:0:root:/root:/bin/sh\nharbour:x:1000:1000:harbour:/srv:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
    },
    { path: 'etc/shadow', content: 'root:*::0:::::\nharbour:!::0:::::\n', mode: 0o640 },
    { path: 'lib/' },
    { path: loader, content: programBytes(`loader ${architecture}`, 260 * KIB), mode: 0o755 },
    { path: 'root/', mode: 0o700 },
    { path: 'tmp/', mode: 0o1777 },
    { path: 'var/cache/apk/' },
    { path: 'var/cache/apk/index.txt', content: prose('package index', 24 * KIB) },
  ]);
}

/** Certificates: the same files for every architecture, so one blob for all. */
function certificatesLayer(): Promise<Layer> {
  const names = ['Breakwater', 'Capstan', 'Fairway', 'Gunwale', 'Lodestar', 'Meridian', 'Tidewater'];
  const authorities: LayerFile[] = names.map((name) => ({
    path: `usr/share/ca-certificates/${name}_Root.crt`,
    content: `# ${name} Root (sample text, not a certificate)\n${Buffer.from(programBytes(name, 1_400)).toString('base64')}\n`,
  }));
  return makeLayer(BASE_DATE, [
    { path: 'etc/ssl/certs/' },
    { path: 'etc/ssl/certs/ca-certificates.crt', content: prose('certificates', 180 * KIB) },
    { path: 'usr/share/ca-certificates/' },
    ...authorities,
  ]);
}

function osRelease(): string {
  return [
    'NAME="Harbour Linux"',
    'ID=harbour',
    `VERSION_ID=${BASE_RELEASE}`,
    `PRETTY_NAME="Harbour Linux v${BASE_RELEASE}"`,
    'HOME_URL="https://harbour.example/"',
    '',
  ].join('\n');
}

/** The steps every image begins with. */
export async function baseSteps(builder: SampleBuilder, architecture: string): Promise<Step[]> {
  const created = BASE_DATE.toISOString();
  return [
    {
      created,
      createdBy: `ADD harbour-minirootfs-${BASE_RELEASE}-${architecture}.tar.gz / # buildkit`,
      layer: await builder.sharedLayer(`base ${architecture}`, () => baseLayer(architecture)),
    },
    { created, createdBy: 'CMD ["/bin/sh"]' },
    {
      created,
      createdBy: 'RUN /bin/sh -c apk add --no-cache ca-certificates # buildkit',
      layer: await builder.sharedLayer('certificates', certificatesLayer),
    },
  ];
}
