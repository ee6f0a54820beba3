/** Whether lines can be rewritten in place. */
const terminal = Boolean(process.stderr.isTTY) && !process.env.CI;

/**
 * Reports on stderr what a slow step does: one line that counts the seconds on a terminal, a line at the beginning and one at the
 * end elsewhere. Only work that does not throw is done. stdout stays free for what was asked for.
 *
 * @template T
 * @param {string} doing
 * @param {(detail: (text: string) => void) => Promise<T>} work may refine the line while it runs
 * @returns {Promise<T>}
 */
export async function step(doing, work) {
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 1000);
  let detail = '';
  if (!terminal) process.stderr.write(`${doing}…\n`);
  const draw = () => process.stderr.write(`\r\u001b[2K${doing}… ${detail}${detail && ', '}${seconds()} s`);
  const timer = terminal ? setInterval(draw, 500) : undefined;
  if (terminal) draw();
  try {
    const result = await work((text) => {
      detail = text;
    });
    if (terminal) process.stderr.write('\r\u001b[2K');
    process.stderr.write(`${doing}: done in ${seconds()} s\n`);
    return result;
  } catch (error) {
    if (terminal) process.stderr.write('\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A failure of the launcher itself, reported as its message alone: a stack would not help the user. */
export class LaunchError extends Error {
  exitCode = 1;
}

/** Ctrl+C, or a signal that asks to end, in the middle of the launcher's own work. */
export class Interrupted extends LaunchError {
  /** @param {number} exitCode 128 + the signal's number, as in a shell */
  constructor(exitCode) {
    super('Interrupted.');
    this.exitCode = exitCode;
  }
}

/**
 * Runs a launcher's work; a `LaunchError` becomes its sentence and exit code.
 *
 * @param {() => Promise<number>} work answers the exit code
 */
export async function runAsCommand(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    say(error.message);
    process.exitCode = error.exitCode;
  }
}
