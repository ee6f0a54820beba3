import type { OpenBlob } from '../endpoints/upload-source.ts';
import { RegistryError } from '../errors.ts';
import { DigestVerifier, isDigestOf } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import { damaged } from './file-errors.ts';
import type { ContentFiles } from './files.ts';
import type { BlobPart } from './source.ts';

/** Bytes of a blob that is read into memory, as of one from a registry. */
const SMALL_BLOB_MAX = 8 * 1024 * 1024;

type Content = Pick<Descriptor, 'digest' | 'size'>;

/** A file as the source of an upload: verified, with what is wrong thrown before its last bytes are given. */
export function verifiedBlob(files: ContentFiles, name: string, { digest, size }: Content): OpenBlob {
  let verifier: DigestVerifier | undefined;
  return async function* (offset, signal) {
    if (offset === 0 || !verifier || offset > verifier.received || offset < verifier.start)
      verifier = new DigestVerifier(digest, size, offset);
    const verifying = verifier;
    let at = offset;
    for await (const chunk of files.stream(name, offset, signal)) {
      verifying.update(chunk, files.where, at);
      at += chunk.byteLength;
      if (at === size) verifying.finish(files.where);
      yield chunk;
    }
    verifying.finish(files.where);
  };
}

/** A small file whole, as the digest says. @throws {RegistryError} `notFound`, `tooLarge`, `digestMismatch` */
export async function readVerified(
  files: ContentFiles,
  name: string,
  { digest, size }: Content,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (size > SMALL_BLOB_MAX)
    throw new RegistryError('tooLarge', '', {
      reason: `${digest} is declared as ${size} bytes; at most ${SMALL_BLOB_MAX} are read at once.`,
    });
  const bytes = await files.read(name, SMALL_BLOB_MAX, signal);
  if (!bytes) throw damaged(files.where, `${digest} is missing.`);
  checkBytes(files, digest, bytes);
  return bytes;
}

/** @throws {RegistryError} `digestMismatch` */
export function checkBytes(files: ContentFiles, digest: string, bytes: Uint8Array): void {
  if (isDigestOf(digest, bytes)) return;
  throw new RegistryError('digestMismatch', '', {
    reason: `${files.where}: the content of ${digest} is another one.`,
  });
}

/** A part of a file, where it has one there. */
export async function readPart(
  files: ContentFiles,
  name: string,
  { start, length, signal }: BlobPart,
): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let left = length;
  for await (const chunk of files.stream(name, start, signal)) {
    chunks.push(chunk.subarray(0, left));
    left -= Math.min(left, chunk.byteLength);
    if (left === 0) break;
  }
  return left === 0 ? Buffer.concat(chunks) : undefined;
}
