import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { FileEntry, ImageFiles } from '../../../common/files.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { fileLine, layerWarnings, wasteLines } from '../file-text.ts';
import { imageOf, type NamedImage } from '../image-of.ts';
import { bytesText, print, printBytes, printJson, statusLine, warn } from '../output.ts';
import type { InspectFlags } from './inspect.ts';

export interface FilesFlags extends InspectFlags {
  readonly layer?: number;
  readonly search?: string;
  readonly wasted?: boolean;
}

/** Files that the list of what is wasted names. */
const WASTED_MAX = 10_000;
/** Lines that are written together. */
const LINES = 500;

/** `files REF [PATH]`: what is in an image, what one layer does to it, or what is carried for nothing. */
export async function files(
  context: Context,
  text: string,
  path: string | undefined,
  flags: FilesFlags,
  access: AccessOverrides,
): Promise<void> {
  const image = await imageOf(context, text, flags.platform, access);
  const read = await readLayers(context, image);
  if (flags.wasted) await showWaste(context, text, image, read);
  else await showFiles(context, text, image, read, pathOf(path), flags);
  for (const { digest, state, failure } of read.layers) {
    if (state !== 'failed' || !failure) continue;
    const message = `${digest} could not be read, and nothing of it is shown: ${failure.message}`;
    throw new CommandFailure({ ...failure, message });
  }
}

/** `cat REF PATH`: the bytes of a file, links followed. That they are not those of the image is reported at their end. */
export async function cat(
  context: Context,
  text: string,
  path: string,
  { platform, layer: at }: FilesFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const image = await imageOf(context, text, platform, access);
  const read = await readLayers(context, image);
  const file = await core.files.file(image.at, { at, path: pathOf(path) }, { signal });
  const hash = createHash('sha256');
  for await (const chunk of file.chunks(signal)) {
    if (json) hash.update(chunk);
    else await printBytes(chunk);
  }
  if (!json) return;
  const { path: found, layer, size } = file;
  const sha256 = `sha256:${hash.digest('hex')}`;
  await printJson({ reference: text, digest: read.digest, path: found, layer, size, sha256 });
}

/** In a list and in images paths begin without a slash. */
function pathOf(text = ''): string {
  return posix.join('/', text).replace(/^\/+|\/+$/g, '');
}

/** All that are not known yet, with how far it is; says what is odd about them. */
async function readLayers({ core, signal }: Context, { at }: NamedImage): Promise<ImageFiles> {
  const done = new Map<number, number>();
  try {
    for await (const { layer, read, size } of core.files.read(at, { signal })) {
      done.set(layer, read);
      const bytes = [...done.values()].reduce((sum, each) => sum + each, 0);
      if (read < size) statusLine.show(`Reading layers: ${bytesText(bytes)}`);
    }
  } finally {
    statusLine.clear();
  }
  const found = await core.files.layers(at, { signal });
  for (const warning of layerWarnings(found)) warn(warning);
  return found;
}

async function showWaste(
  { core, json, signal }: Context,
  reference: string,
  { at }: NamedImage,
  { digest, layers }: ImageFiles,
): Promise<void> {
  const waste = await core.files.wasted(at, { offset: 0, limit: WASTED_MAX }, { signal });
  const { wastedBytes, efficiency, items } = waste;
  if (json) await printJson({ reference, digest, layers, files: items, wastedBytes, efficiency });
  else await print(wasteLines(waste));
}

async function showFiles(
  context: Context,
  reference: string,
  { at }: NamedImage,
  { digest, layers }: ImageFiles,
  path: string,
  { layer, search }: FilesFlags,
): Promise<void> {
  const { core, json, signal } = context;
  const view = layer === undefined ? 'merged' : 'layer';
  const found: FileEntry[] = [];
  let lines: string[] = [];
  for await (const entry of core.files.walk(at, { at: layer, view, path, glob: search }, { signal })) {
    if (json) found.push(entry);
    else lines.push(fileLine(entry));
    if (lines.length === LINES) await print(lines.splice(0));
  }
  if (lines.length > 0) await print(lines);
  lines = [];
  if (!json) return;
  const { wastedBytes, efficiency } = await core.files.wasted(at, { offset: 0, limit: 1 }, { signal });
  await printJson({ reference, digest, layers, files: found, wastedBytes, efficiency });
}
