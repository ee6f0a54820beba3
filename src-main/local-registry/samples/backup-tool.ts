import { MEDIA_TYPES } from '../storage/manifest.ts';
import type { SampleBuilder } from './builder.ts';
import { makeLayer } from './layer.ts';
import { programBytes, prose } from './random.ts';
import { baseSteps } from './rootfs.ts';

const REPOSITORY = 'tools/backup';
const TAGS = ['3.1', 'latest'];
const CREATED = '2025-08-11T07:45:00Z';

/** An image of one platform in Docker's own format, as older builders push it. */
export async function seedBackupTool(builder: SampleBuilder): Promise<void> {
  const image = await builder.image(REPOSITORY, {
    mediaType: MEDIA_TYPES.dockerManifest,
    platform: { architecture: 'amd64', os: 'linux' },
    created: CREATED,
    settings: {
      Env: ['PATH=/usr/local/bin:/usr/bin:/bin'],
      Entrypoint: ['/usr/local/bin/backup'],
      Labels: { maintainer: 'ops@harbour.example' },
    },
    steps: [
      ...(await baseSteps(builder, 'amd64')),
      {
        createdBy: 'COPY backup /usr/local/bin/backup # buildkit',
        layer: await makeLayer(new Date(CREATED), [
          { path: 'usr/local/bin/backup', content: programBytes('backup 3.1', 210 * 1024), mode: 0o755 },
          { path: 'usr/share/doc/backup/README', content: prose('backup manual', 9 * 1024) },
        ]),
      },
      { createdBy: 'ENTRYPOINT ["/usr/local/bin/backup"]' },
    ],
    tags: TAGS,
  });
  builder.list(REPOSITORY, image, 'image', TAGS);
}
