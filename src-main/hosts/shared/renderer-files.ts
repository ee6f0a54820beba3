import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export interface RendererFile {
  readonly body: Buffer;
  readonly type: string;
  /** Its name holds a hash of its content: it never changes. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
/** Where Vite puts what it names by its hash. */
const HASHED = '/assets/';

/**
 * The built renderer, read once: what is not in this list is not served, whatever a path says, and building anew takes nothing
 * away from a window that is open.
 */
export class RendererFiles {
  readonly #files: ReadonlyMap<string, RendererFile>;
  /** index.html, which answers every address of a page. */
  readonly page: RendererFile;

  private constructor(files: ReadonlyMap<string, RendererFile>, page: RendererFile) {
    this.#files = files;
    this.page = page;
  }

  /** @throws if the folder holds no built renderer */
  static async load(folder: string): Promise<RendererFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = await Promise.all(
      entries
        .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
        .map(async (entry): Promise<[string, RendererFile]> => {
          const file = join(entry.parentPath, entry.name);
          const path = `/${file.slice(folder.length).split(sep).filter(Boolean).join('/')}`;
          const type = TYPES[extname(file)] ?? 'application/octet-stream';
          return [path, { body: await readFile(file), type, immutable: path.startsWith(HASHED) }];
        }),
    );
    const listed = new Map(files);
    const page = listed.get('/index.html');
    if (!page) throw new Error(`${folder} holds no built renderer`);
    return new RendererFiles(listed, page);
  }

  /** @param path as in the address, still percent-encoded; matched exactly */
  find(path: string): RendererFile | undefined {
    return path === '/' ? this.page : this.#files.get(path);
  }
}
