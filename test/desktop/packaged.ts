import { createHash } from 'node:crypto';
import { chmod, open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { runProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { root } from './desktop.ts';

/** A program made ready for its users, unpacked. */
export interface Packaged {
  readonly executable: string;
  /** Where its archive lies, and what is outside of it. */
  readonly resources: string;
  /** The desktop entries of the AppImage and of the Debian package. */
  readonly entries: readonly string[];
}

/** Packages the app as `npm run package` does, around the Electron at hand. @param changes of electron-builder.yml */
export async function packageApp(electron: string, changes: object = {}): Promise<Packaged> {
  const folder = await temporaryFolder();
  // It may be run by another user than the one who runs the tests.
  await chmod(folder, 0o755);
  const runtime = path.dirname(electron);
  const version = (await readFile(path.join(runtime, 'version'), 'utf8')).replace(/^v/, '').trim();
  const program = path.join(import.meta.dirname, 'programs/package.mjs');
  const args = [program, folder, runtime, version, JSON.stringify(changes)];
  const output = await runProcess(process.execPath, args, { cwd: root });
  const document = output.split('\n').find((line) => line.startsWith('{"entries"')) ?? '';
  const unpacked = path.join(folder, 'linux-unpacked');
  return {
    executable: path.join(unpacked, 'wharfinger-desktop'),
    resources: path.join(unpacked, 'resources'),
    ...z.object({ entries: z.array(z.string()) }).parse(JSON.parse(document)),
  };
}

/** A file as the archive's header lists it; outside of the archive where it is `unpacked`. */
const archived = z.object({
  size: z.number(),
  offset: z.string().optional(),
  unpacked: z.boolean().optional(),
  integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }),
});
type Archived = z.infer<typeof archived>;
type Entry = Archived | { files: Record<string, Entry> };

/** An asar archive: the size of the header twice framed, the header, the files one after another. */
export async function readArchive(file: string): Promise<Map<string, Archived & { content?: Buffer }>> {
  const handle = await open(file);
  try {
    const bytes = await handle.readFile();
    const headerSize = bytes.readUInt32LE(4);
    const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
    const files = new Map<string, Archived & { content?: Buffer }>();
    const visit = (entry: Entry, name: string): void => {
      if ('files' in entry) {
        for (const [child, each] of Object.entries(entry.files)) visit(each, path.posix.join(name, child));
        return;
      }
      const listed = archived.parse(entry);
      const begin = 8 + headerSize + Number(listed.offset);
      const content = listed.unpacked ? {} : { content: bytes.subarray(begin, begin + listed.size) };
      files.set(name, { ...listed, ...content });
    };
    visit(header, '');
    return files;
  } finally {
    await handle.close();
  }
}

export function sha256Hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** All files below a folder, by their path in it, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => path.relative(folder, path.join(file.parentPath, file.name))).sort();
}
