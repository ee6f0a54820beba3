import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { seededBytes, sha256 } from '../../support/images.ts';
import { rawEntry } from '../../support/layers.ts';

const FILES = 50_000;
/** Bytes of a file: with what gzip makes of them the layer has 500 MB. */
const FILE_BYTES = 16_500;
/** Other bytes for each file come from another place of this. */
const POOL = 32 * 2 ** 20;
const WORDS = 4096;

/** Words with some noise between them, which gzip makes two to three times smaller, as it does with the files of images. */
function textPool(): Buffer {
  const random = seededBytes('words', POOL);
  const words = Array.from({ length: WORDS }, (_, at) =>
    seededBytes(`word ${at}`, 3 + (at % 8)).toString('base64url'),
  );
  const parts: string[] = [];
  for (let at = 0, length = 0; length < POOL; at += 8) {
    const place = at % (POOL - 8);
    const word = words[random.readUInt16LE(place) % WORDS] ?? '';
    const noise = random.toString('base64url', place + 2, place + 5);
    parts.push(word, noise);
    length += word.length + noise.length + 2;
  }
  return Buffer.from(parts.join(' '));
}

async function* archive(): AsyncGenerator<Buffer, void, void> {
  const pool = textPool();
  for (let file = 0; file < FILES; file++) {
    const start = (file * 7_919_017) % (POOL - FILE_BYTES);
    const name = `usr/lib/package-${file % 500}/module/file-${file}.js`;
    yield Buffer.concat(rawEntry({ name, content: pool.subarray(start, start + FILE_BYTES) }));
  }
  yield Buffer.alloc(1024);
}

export interface LargeLayer {
  /** Of the blob. */
  readonly file: string;
  readonly size: number;
  readonly files: number;
}

/** An OCI layout of one image with one layer of 50,000 files and some 500 MB. */
export async function writeLayout(folder: string, compression: 'gzip' | 'zstd'): Promise<LargeLayer> {
  const blobs = path.join(folder, 'blobs/sha256');
  await mkdir(blobs, { recursive: true });
  const part = path.join(folder, 'part');
  const [content, blob] = [createHash('sha256'), createHash('sha256')];
  const compressor =
    compression === 'gzip'
      ? createGzip({ level: 1, chunkSize: 1 << 20 })
      : createZstdCompress({ chunkSize: 1 << 20 });
  await pipeline(archive(), hashing(content), compressor, hashing(blob), createWriteStream(part));
  const digest = blob.digest('hex');
  const { size } = await stat(part);
  const file = path.join(blobs, digest);
  await rename(part, file);
  const put = async (text: string): Promise<{ digest: string; size: number }> => {
    const bytes = Buffer.from(text);
    await writeFile(path.join(blobs, sha256(bytes).slice(7)), bytes);
    return { digest: sha256(bytes), size: bytes.length };
  };
  const config = await put(
    JSON.stringify({
      os: 'linux',
      architecture: 'amd64',
      rootfs: { type: 'layers', diff_ids: [`sha256:${content.digest('hex')}`] },
    }),
  );
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = await put(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: [
        {
          mediaType: `application/vnd.oci.image.layer.v1.tar+${compression}`,
          digest: `sha256:${digest}`,
          size,
        },
      ],
    }),
  );
  await writeFile(path.join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  await writeFile(
    path.join(folder, 'index.json'),
    JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType, ...manifest }] }),
  );
  return { file, size, files: FILES };
}

function hashing(hash: Hash): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}
