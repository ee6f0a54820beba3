import { pack } from 'tar-stream';
import { walkLayer } from '../../../src-main/engine/layers/walk.ts';
import { PackageFinder } from '../../../src-main/engine/packages/finder.ts';
import type { FoundPackage, LayerFindings } from '../../../src-main/engine/packages/found.ts';

export interface TestFile {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly mode?: number;
  /** Makes it a hard link. */
  readonly link?: string;
}

/** What is found in a layer of these files, its bytes coming in pieces of `piece`. */
export async function findIn(files: readonly TestFile[], { piece = 64 * 1024 } = {}): Promise<LayerFindings> {
  const archive = pack();
  const finder = new PackageFinder();
  const walked = walkLayer(
    async function* () {
      for await (const chunk of archive) {
        const bytes = chunk as Buffer;
        for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece);
      }
    },
    { digest: 'sha256:test' },
    (entry) => finder.sinkFor(entry),
    { settling: () => finder.settling() },
  );
  for (const { path, content = '', mode = 0o644, link } of files) {
    if (link === undefined) archive.entry({ name: path, mode }, content);
    else archive.entry({ name: path, mode, type: 'link', linkname: link });
  }
  archive.finalize();
  await walked;
  return await finder.findings();
}

/** All that the files name. */
export function packagesOf({ files }: LayerFindings): FoundPackage[] {
  return files.flatMap(({ packages }) => packages);
}

/** `name version`, in order. */
export function namesOf(findings: LayerFindings): string[] {
  return packagesOf(findings)
    .map(({ group, name, version }) => `${group === undefined ? '' : `${group}:`}${name} ${version}`)
    .sort();
}

/** How often other work had its turn while `work` ran: the slower the machine, the oftener. */
export async function turnsDuring<T>(work: () => Promise<T>): Promise<{ result: T; turns: number }> {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  try {
    const result = await work();
    return { result, turns };
  } finally {
    clearInterval(timer);
  }
}
