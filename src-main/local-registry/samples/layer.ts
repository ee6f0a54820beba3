import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { digestOf } from '../digest.ts';
import { gzip } from './gzip.ts';

/** A file of a layer or a chart: a folder where it has neither content nor link. */
export interface LayerFile {
  path: string;
  content?: string | Uint8Array;
  /** Target of a symbolic link. */
  link?: string;
  /** Default: 0644, for folders 0755. */
  mode?: number;
}

export interface Layer {
  bytes: Uint8Array;
  /** Of the gzip file. */
  digest: string;
  /** Of the tar file in it. */
  diffId: string;
}

/** Makes a gzip tar with the files in the order given, all of one time and owned by root. */
export async function makeLayer(modified: Date, files: readonly LayerFile[]): Promise<Layer> {
  const tar = await makeTar(modified, files);
  const bytes = gzip(tar);
  return { bytes, digest: digestOf(bytes), diffId: digestOf(tar) };
}

async function makeTar(mtime: Date, files: readonly LayerFile[]): Promise<Uint8Array> {
  const archive = pack();
  for (const { path, content, link, mode } of files) {
    const owner = { uid: 0, gid: 0, mtime };
    if (link !== undefined) {
      archive.entry({ ...owner, name: path, type: 'symlink', linkname: link, mode: 0o777 });
    } else if (content === undefined) {
      archive.entry({ ...owner, name: path, type: 'directory', mode: mode ?? 0o755 });
    } else {
      const bytes =
        typeof content === 'string'
          ? Buffer.from(content)
          : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
      archive.entry({ ...owner, name: path, type: 'file', mode: mode ?? 0o644 }, bytes);
    }
  }
  archive.finalize();
  return buffer(archive);
}
