/**
 * The one way to stdout and stderr. What is written holds words of registries and of files: all of it is cleaned here, line by line,
 * so that no text moves a cursor, hides a line or begins one. Our own cursor codes go by a channel of their own, `control`.
 */

import { UNSEEN } from '../../common/unseen.ts';
import type { TracedExchange } from '../../engine/index.ts';
import type { ManifestKind } from '../../engine/vocabulary/manifests.ts';

export { bytesText } from '../../common/bytes.ts';

/** One line, or several; a line break inside of one is no line break. */
export type Lines = string | readonly string[];

/** Something that should be known and stops nothing. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** stdout did not take the result. */
export class OutputFailure extends Error {
  override readonly name = 'OutputFailure';
  /** Whoever reads our output has stopped (`| head`): that is no failure of ours. */
  readonly closed: boolean;
  readonly full: boolean;

  constructor(cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.closed = cause.code === 'EPIPE';
    this.full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
  }
}

/** How this run writes. */
const run = { json: false, warnings: [] as Warning[], requests: [] as object[] };

/** Called once, before anything is written. @param json nothing but one JSON document goes to each of stdout and stderr */
export function beginOutput(json: boolean): void {
  run.json = json;
  // Told by the callbacks of `write`; without a listener Node.js would end the program with a stack of its own.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  // Node.js prints its warnings itself, by other ways. That a part of it is experimental is no matter of its users.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    if (name !== 'ExperimentalWarning') warn({ code: 'internal', message: `${name}: ${message}` });
  });
}

/** With --json the document on stderr: why it failed, the warnings and with --verbose the requests. Nothing where there is none. */
export function endOutput(error?: object): void {
  const { warnings, requests } = run;
  const document = {
    ...error,
    ...(warnings.length > 0 && { warnings }),
    ...(requests.length > 0 && { requests }),
  };
  if (run.json && Object.keys(document).length > 0)
    process.stderr.write(`${jsonText(document, undefined)}\n`);
}

/** Writes a result to stdout and waits for a slow reader, so that 50,000 lines are not kept in memory. @throws OutputFailure */
export async function print(lines: Lines): Promise<void> {
  await write(cleaned(lines));
}

/** @throws OutputFailure */
export async function printJson(document: unknown): Promise<void> {
  await write(`${jsonText(document, 2)}\n`);
}

/** JSON as its pieces were written. @throws OutputFailure */
export async function printJsonPiece(text: string): Promise<void> {
  await write(shown(text));
}

/** Bytes as they are: a manifest, a blob. @throws OutputFailure */
export async function printBytes(bytes: Uint8Array): Promise<void> {
  await write(bytes);
}

/** Beside the result, for people: plans, hints, why it failed. Programs, which read JSON, have no use for it. */
export function report(lines: Lines): void {
  if (run.json && !process.stderr.isTTY) return;
  statusLine.clear();
  process.stderr.write(cleaned(lines));
}

/** Beside the result, for people and programs. Said once. */
export function warn(warning: Warning): void {
  if (run.warnings.some(({ code, message }) => code === warning.code && message === warning.message)) return;
  run.warnings.push(warning);
  report(`wharfinger: ${warning.message}`);
}

/** With --verbose: each request as it ends. */
export function traceRequest(exchange: TracedExchange): void {
  const { request, signIn, status, milliseconds } = exchange;
  if (run.json) run.requests.push(exchange);
  report(`${request}${signIn ? ` (${signIn})` : ''}: ${status ?? 'no reply'}, ${milliseconds} ms`);
}

/** One line on a terminal that is written over again and again; elsewhere nothing. */
export const statusLine = {
  /** Whether anyone sees it. A dumb terminal cannot go back in a line. */
  get isShown(): boolean {
    return process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  },
  show(text: string): void {
    // A line that wraps could not be taken back. Some terminals say they have no columns.
    const room = (process.stderr.columns || 80) - 1;
    this.clear();
    if (this.isShown) process.stderr.write(plain(text).slice(0, room));
  },
  clear(): void {
    if (this.isShown) control(CLEAR_LINE);
  },
};

const CLEAR_LINE = '\r\u001b[2K';

/** Codes of our own, which are not cleaned: constants of this file and nothing else. */
function control(code: typeof CLEAR_LINE): void {
  process.stderr.write(code);
}

function write(data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(data, (error) => (error ? reject(new OutputFailure(error)) : resolve()));
  });
}

function cleaned(lines: Lines): string {
  return typeof lines === 'string' ? `${plain(lines)}\n` : lines.map((line) => `${plain(line)}\n`).join('');
}

const UNSEEN_ALL = new RegExp(UNSEEN, 'gu');

/** One line of text as a terminal may show it: what cannot be seen is seen as `\u{fffd}`. */
export function plain(text: string): string {
  return text.replace(UNSEEN_ALL, '\u{fffd}');
}

/** The same document, in characters that a terminal shows: they can be in strings only, where JSON has escapes. */
function jsonText(document: unknown, indent: number | undefined): string {
  return shown(JSON.stringify(document, null, indent));
}

/** JSON in characters that a terminal shows. */
function shown(text: string): string {
  return text.replace(UNSEEN_ALL, (character) =>
    character === '\n'
      ? character
      : [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

/** Words of several lines, or with runs of blanks, in one. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `1 tag`, `2 tags` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What a manifest is, in words. */
export function kindText(kind: ManifestKind | 'blob'): string {
  if (kind === 'buildCache') return 'build cache';
  return kind === 'unreadable' ? 'could not be read' : kind;
}

/** `linux/arm64/v8` */
export function platformText(platform: { os: string; architecture: string; variant?: string }): string {
  return [platform.os, platform.architecture, ...(platform.variant ? [platform.variant] : [])].join('/');
}

/** Twelve digits distinguish digests for people. */
export function shortDigest(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `${algorithm}:${hex.slice(0, 12)}`;
}
