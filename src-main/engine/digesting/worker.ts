import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { FromHashing, ToHashing } from './hashing.ts';

const hash = createHash('sha256');
const answer = (message: FromHashing) => parentPort?.postMessage(message);

parentPort?.on('message', (chunk: ToHashing) => {
  if (chunk === 'end') return answer({ digest: `sha256:${hash.digest('hex')}` });
  hash.update(chunk);
  answer({ bytes: chunk.byteLength });
  // Given back at once: waiting for the collector, some hundred of them would lie there.
  if ('transfer' in chunk.buffer) chunk.buffer.transfer(0);
});
