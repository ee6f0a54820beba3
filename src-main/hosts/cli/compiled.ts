import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What stands before the code, as one line of JSON. */
interface Label {
  /** Of the code: V8 takes what it is given. */
  crc: number;
  /** The commands that have been run with it: what they needed is in it. */
  commands: readonly string[];
}

export interface Compiled<Program> {
  program: Program;
  /** After a command: keeps what V8 compiled, where that is more than was kept before. */
  keep(command: string): void;
}

/**
 * Loads a bundle with what V8 compiled of it for earlier commands. Node's own cache holds what is compiled as a module is loaded and
 * not the functions that a command then needs: with these a copy of many small layers takes 0.38 s and not 0.42 (M).
 *
 * @param file of CommonJS, in ASCII, as the build wraps it: a comment that names its content, then the function that a module is
 * @param folder the user's own, made if needed: in the system's temporary one another user could leave code for us to run
 */
export function loadCompiled<Program>(file: string, folder: string): Compiled<Program> {
  const source = readFileSync(file, 'latin1');
  // V8 itself compares no more than the length.
  const content = /^\/\/ ([0-9a-f]+)\n/.exec(source)?.[1];
  if (content === undefined) throw new Error(`${file} does not name its content`);
  const kept = join(folder, `${content}-${process.version}-${process.arch}`);
  const found = read(kept);
  const script = new Script(source, { filename: file, ...(found && { cachedData: found.code }) });
  const commands = found && !script.cachedDataRejected ? found.commands : [];
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return {
    program: module.exports as Program,
    keep(command) {
      if (!commands.includes(command)) write(kept, script.createCachedData(), [...commands, command]);
    },
  };
}

function read(file: string): { code: Buffer; commands: readonly string[] } | undefined {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf('\n');
    const { crc, commands } = JSON.parse(bytes.toString('utf8', 0, end)) as Label;
    const code = bytes.subarray(end + 1);
    return crc32(code) === crc ? { code, commands } : undefined;
  } catch {
    return undefined;
  }
}

/** Of use for the next command only: fails silently. What was kept of other versions goes. */
function write(file: string, code: Buffer, commands: readonly string[]): void {
  const folder = dirname(file);
  const label: Label = { crc: crc32(code), commands };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const others = readdirSync(folder);
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, Buffer.concat([Buffer.from(`${JSON.stringify(label)}\n`), code]), { mode: 0o600 });
    renameSync(whole, file);
    for (const other of others)
      if (join(folder, other) !== file) rmSync(join(folder, other), { recursive: true });
  } catch {
    // A full disk, or a folder that may not be written.
  }
}
