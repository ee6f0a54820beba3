import { createHash } from 'node:crypto';
import type { FileContent } from '../../common/files.ts';
import type { FileAt } from './file-at.ts';

/** Bytes of a text that are shown, and of a picture. */
const TEXT_MAX = 1024 * 1024;
const PICTURE_MAX = 8 * 1024 * 1024;

/** By how they begin; dots are any byte. */
const PICTURES = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['image/webp', '52494646........57454250'],
] as const;

/** A file as a page shows it: the beginning of a text, a picture whole, of all else its digest. */
export async function contentOf(file: FileAt, signal: AbortSignal | undefined): Promise<FileContent> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let size = 0;
  let held = 0;
  for await (const chunk of file.chunks(signal)) {
    hash.update(chunk);
    size += chunk.byteLength;
    if (held > PICTURE_MAX) continue;
    chunks.push(chunk);
    held += chunk.byteLength;
  }
  const bytes = Buffer.concat(chunks);
  const opened = { size, sha256: `sha256:${hash.digest('hex')}`, layer: file.layer };
  const mediaType = size <= PICTURE_MAX ? pictureType(bytes) : undefined;
  if (mediaType !== undefined)
    return { kind: 'picture', mediaType, data: bytes.toString('base64'), ...opened };
  const text = textOf(bytes.subarray(0, TEXT_MAX), size);
  if (text === undefined) return { kind: 'binary', ...opened };
  return { kind: 'text', text, truncated: size > TEXT_MAX, ...opened };
}

function pictureType(bytes: Buffer): (typeof PICTURES)[number][0] | undefined {
  const head = bytes.toString('hex', 0, 12);
  return PICTURES.find(([, magic]) => new RegExp(`^${magic}`).test(head))?.[0];
}

/** Undefined for what is no UTF-8, or has zeros in it. A character that is cut at the end is left out. */
export function textOf(bytes: Buffer, size: number): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    const cut = bytes.byteLength < size;
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut });
  } catch {
    return undefined;
  }
}
