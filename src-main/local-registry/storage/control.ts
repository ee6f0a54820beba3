import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import {
  type CollectionOptions,
  type CollectionService,
  collected,
  collectionPlan,
  collectionProgress,
  registryUsage,
  untaggedChoice,
} from './collection/types.ts';
import { type Identity, newChallenge, PROOF_TIMEOUT_MS } from './identity.ts';

/** What the holder of the lock proves, and who asks it for something. */
export const PLACE = 'lock';
const CALLER = 'lock caller';

/** A challenge, or a proof, with the end of its line. */
const PROOF_LINE_MAX = 300;
/** Of a known peer: a request that names manifests one by one, a part of an answer. */
const LINE_MAX = 64 * 1024 * 1024;
/** Entries of a list in one line of an answer. */
const PART = 1_000;

const request = z.object({
  method: z.enum(['plan', 'collect', 'usage']),
  untagged: untaggedChoice,
});
type Request = z.infer<typeof request>;

/** Entries of lists come before the rest, some at a time. */
const part = z.record(z.string(), z.array(z.unknown()));
const answer = z.union([
  z.object({ progress: collectionProgress }),
  z.object({ part }),
  z.object({ result: z.record(z.string(), z.unknown()) }),
  z.object({ error: z.string() }),
]);
type Answer = z.infer<typeof answer>;

/**
 * Answers one process that has found the folder locked: `<challenge>` is answered by a proof that this is the folder's registry.
 * `<challenge> call` is answered by that and a challenge of our own; who proves in turn that it knows the folder's secret may send a
 * request, and gets lines of JSON.
 */
export function serve(
  socket: Socket,
  identity: Identity,
  offered: () => CollectionService | undefined,
): void {
  socket.unref();
  const lines = new Lines(socket, PROOF_LINE_MAX);
  void (async () => {
    const [challenge = '', wants] = (await lines.next(PROOF_TIMEOUT_MS)).split(' ');
    const proof = identity.prove(challenge, PLACE) ?? '';
    const collector = offered();
    if (wants !== 'call' || !collector) return void socket.end(`${proof}\n`);
    const own = newChallenge();
    socket.write(`${proof} ${own}\n`);
    if (!identity.proves(own, CALLER, await lines.next(PROOF_TIMEOUT_MS))) return void socket.destroy();
    lines.max = LINE_MAX;
    const wanted = request.parse(JSON.parse(await lines.next(PROOF_TIMEOUT_MS)));
    const write = (line: Answer): void => void socket.write(`${JSON.stringify(line)}\n`);
    try {
      await run(collector, wanted, lines.ended, write);
    } catch (error) {
      write({ error: error instanceof Error ? error.message : String(error) });
    }
    socket.end();
  })().catch(() => socket.destroy());
}

async function run(
  collector: CollectionService,
  { method, untagged }: Request,
  signal: AbortSignal,
  write: (line: Answer) => void,
): Promise<void> {
  const options = {
    untagged,
    signal,
    report: (progress: z.infer<typeof collectionProgress>) => write({ progress }),
  };
  const result: Record<string, unknown> = { ...(await collector[method](options)) };
  for (const [name, value] of Object.entries(result)) {
    if (!Array.isArray(value)) continue;
    for (let at = 0; at < value.length; at += PART) write({ part: { [name]: value.slice(at, at + PART) } });
    result[name] = [];
  }
  write({ result });
}

/** The collector of the process that has the folder. */
export class RemoteCollector implements CollectionService {
  readonly #address: string;
  readonly #identity: Identity;

  constructor(address: string, identity: Identity) {
    this.#address = address;
    this.#identity = identity;
  }

  async plan(options: CollectionOptions = {}) {
    return collectionPlan.parse(await this.#ask('plan', options));
  }

  async collect(options: CollectionOptions = {}) {
    return collected.parse(await this.#ask('collect', options));
  }

  async usage(options: CollectionOptions = {}) {
    return registryUsage.parse(await this.#ask('usage', options));
  }

  async #ask(
    method: Request['method'],
    { untagged = false, signal, report }: CollectionOptions,
  ): Promise<Record<string, unknown>> {
    signal?.throwIfAborted();
    const socket = connect(this.#address);
    const stop = (): void => void socket.destroy();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const lines = new Lines(socket, PROOF_LINE_MAX);
      const challenge = newChallenge();
      socket.write(`${challenge} call\n`);
      const [proof = '', theirs = ''] = (await lines.next(PROOF_TIMEOUT_MS)).split(' ');
      const ours = this.#identity.prove(theirs, CALLER);
      if (!this.#identity.proves(challenge, PLACE, proof) || ours === undefined)
        throw new Error('The process that has the folder takes no requests.');
      lines.max = LINE_MAX;
      socket.write(`${ours}\n${JSON.stringify({ method, untagged } satisfies Request)}\n`);
      const lists: Record<string, unknown[]> = {};
      for (;;) {
        const line = answer.parse(JSON.parse(await lines.next()));
        if ('error' in line) throw new Error(line.error);
        if ('progress' in line) report?.(line.progress);
        if ('part' in line)
          for (const [name, entries] of Object.entries(line.part))
            lists[name] = (lists[name] ?? []).concat(entries);
        if ('result' in line) return { ...line.result, ...lists };
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      socket.destroy();
    }
  }
}

/** `ours`: a registry of this folder; `other`: a program that does not know its secret; `gone`: no process. */
export async function askHolder(address: string, identity: Identity): Promise<'ours' | 'other' | 'gone'> {
  const challenge = newChallenge();
  const socket = connect(address);
  socket.unref();
  const refused = new Promise<'gone'>((resolve) => {
    socket.once('error', () => {
      if (socket.bytesWritten === 0) resolve('gone');
    });
  });
  const lines = new Lines(socket, PROOF_LINE_MAX);
  socket.once('connect', () => socket.write(`${challenge}\n`));
  const answered = lines.next(PROOF_TIMEOUT_MS).then(
    (proof) => (identity.proves(challenge, PLACE, proof) ? ('ours' as const) : ('other' as const)),
    () => 'other' as const,
  );
  try {
    return await Promise.race([refused, answered]);
  } finally {
    socket.destroy();
  }
}

/** The lines that come over a socket. */
class Lines {
  readonly #socket: Socket;
  /** The longest that is taken; a longer one ends the socket. */
  max: number;
  #text = '';
  readonly #lines: string[] = [];
  readonly #ended = new AbortController();
  #notify: () => void = () => undefined;

  constructor(socket: Socket, max: number) {
    this.#socket = socket;
    this.max = max;
    socket.setEncoding('utf8');
    socket.on('error', () => undefined); // the other end left
    const end = (): void => {
      this.#ended.abort(new Error('The other process has ended the connection.'));
      this.#notify();
    };
    socket.once('end', end);
    socket.once('close', end);
    socket.on('data', (chunk: string) => {
      const parts = chunk.split('\n');
      parts[0] = this.#text + parts[0];
      this.#text = parts.pop() ?? '';
      if (this.#text.length > this.max) socket.destroy();
      this.#lines.push(...parts);
      this.#notify();
    });
  }

  /** Aborted when the other end leaves. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** @throws if the socket ends before it, or it takes longer */
  async next(timeoutMs?: number): Promise<string> {
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => this.#socket.destroy(), timeoutMs);
    try {
      for (;;) {
        const line = this.#lines.shift();
        if (line !== undefined) return line;
        this.#ended.signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          this.#notify = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
