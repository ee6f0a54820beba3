import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes read between two collections: as many stay in memory; each collection takes less than a millisecond. */
const BYTES_BETWEEN = 8 * 1024 * 1024;

let read = 0;
let collectYoung: (() => void) | undefined;

/**
 * To be told of what a stream of blobs has read. What is read comes in buffers outside of V8's heap; they die young, but V8 does not
 * look for them before its young generation is full of other things, and marks the whole heap instead each time some 30 MB have
 * piled up: 20 to 40 times in a copy of 800 MB, for a quarter of its processor time and with pauses of 5 to 20 ms. Collecting the
 * young generation by bytes read leaves one marking, and 50 MB less memory (M).
 */
export function noteRead(bytes: number): void {
  read += bytes;
  if (read < BYTES_BETWEEN) return;
  read = 0;
  collectYoung ??= collector();
  collectYoung();
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  // The flag is for contexts to come; the function from one of them serves all.
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return typeof collect === 'function' ? () => void collect({ type: 'minor' }) : () => {};
}
