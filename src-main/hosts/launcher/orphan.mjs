/** npm ends its shell when it is ended itself, and the shell passes no signal on. */
const LOOK_EVERY_MS = 500;

/**
 * Calls back once when npm, which started this program, is gone without a word: nothing it started may stay behind.
 *
 * @param {() => void} callback
 * @returns {() => void} stops looking
 */
export function whenOrphaned(callback) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
