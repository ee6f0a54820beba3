import { Turns } from '../turns.ts';
import type { FoundFile, FoundPackage, LayerFindings } from './found.ts';

/** Raised with every change of what is found, or how it is kept: what is kept in another way is found anew. */
export const FINDINGS_VERSION = '1';

/** Packages, or licences, of one line: some fraction of a millisecond each to write and to read. */
const LINE = 250;
const LINE_FEED = 0x0a;

/** One line. A file that names more packages than fit into one goes on in the next. */
type Line =
  | { path: string; packages: readonly FoundPackage[] }
  | { licences: readonly (readonly [string, string])[] }
  | Pick<LayerFindings, 'release' | 'problems'>;

/** Findings as they are kept: lines of JSON, so that a hundred thousand packages are written and read in slices. */
export async function writeFindings({ files, licences, release, problems }: LayerFindings): Promise<Buffer> {
  const turns = new Turns(1);
  const lines: Buffer[] = [];
  const write = async (line: Line) => {
    lines.push(Buffer.from(`${JSON.stringify(line)}\n`));
    await turns.take();
  };
  await write({ problems, ...(release ? { release } : {}) });
  const named = Object.entries(licences);
  for (let at = 0; at < named.length; at += LINE) await write({ licences: named.slice(at, at + LINE) });
  for (const { path, packages } of files) {
    await write({ path, packages: packages.slice(0, LINE) });
    for (let at = LINE; at < packages.length; at += LINE)
      await write({ path, packages: packages.slice(at, at + LINE) });
  }
  return Buffer.concat(lines);
}

/** What {@link writeFindings} wrote. @throws {SyntaxError} for anything else */
export async function readFindings(bytes: Uint8Array): Promise<LayerFindings> {
  const turns = new Turns(1);
  const files: FoundFile[] = [];
  const licences: Record<string, string> = {};
  let head: Pick<LayerFindings, 'release' | 'problems'> = { problems: [] };
  let open: { path: string; packages: FoundPackage[] } | undefined;
  for (const text of textLines(bytes)) {
    await turns.take();
    const line = JSON.parse(text) as Line;
    if ('problems' in line) head = line;
    else if ('licences' in line) for (const [name, licence] of line.licences) licences[name] = licence;
    else if (open?.path === line.path) open.packages.push(...line.packages);
    else {
      open = { path: line.path, packages: [...line.packages] };
      files.push(open);
    }
  }
  return { files, licences, ...head };
}

function* textLines(bytes: Uint8Array): Generator<string, void, void> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0; from < all.byteLength; ) {
    const end = all.indexOf(LINE_FEED, from);
    if (end < 0) throw new SyntaxError('The findings of a layer are cut.');
    yield all.toString('utf8', from, end);
    from = end + 1;
  }
}
