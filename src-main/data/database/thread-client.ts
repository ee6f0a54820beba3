import type { Worker } from 'node:worker_threads';
import { DataError, wordsOf } from '../errors.ts';
import type { FromThread, InputOf, OutputOf, Tasks, ToThread } from './tasks.ts';

interface Waiting {
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/**
 * Runs tasks in a thread that has a database of its own: what they do holds up no event loop. The thread is started by the first
 * task; after a crash, which fails what was under way, by the next one. It keeps no process from ending while nothing is under way.
 */
export class ThreadClient<Served extends Tasks> {
  readonly #start: () => Worker;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;
  #closed = false;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** @throws DataError, or the signal's reason as soon as that aborts: the thread then does no more of it */
  async run<Name extends keyof Served & string>(
    name: Name,
    input: InputOf<Served[Name]>,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<OutputOf<Served[Name]>> {
    signal?.throwIfAborted();
    if (this.#closed) throw new DataError('storageFailed', 'the database is closed');
    const worker = this.open();
    const id = ++this.#last;
    const send = (message: ToThread) => worker.postMessage(message);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const cancel = () => {
      reject(signal?.reason);
      send({ kind: 'cancel', id });
    };
    this.#waiting.set(id, { resolve, reject });
    worker.ref();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      send({ kind: 'run', id, name, input });
      // The thread's types are these.
      return (await promise) as OutputOf<Served[Name]>;
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#waiting.delete(id);
      // Its end is waited for when it is closed.
      if (this.#waiting.size === 0 && !this.#closed) worker.unref();
    }
  }

  /** The thread, started if it is not there, so that the first task need not wait for it. */
  open(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.#start();
    this.#worker = worker;
    worker.unref();
    worker.on('message', (message: FromThread) => this.#receive(message, worker));
    worker.on('error', (error) => this.#lose(worker, new DataError('storageFailed', wordsOf(error))));
    worker.on('exit', () =>
      this.#lose(worker, new DataError('storageFailed', 'the thread of the database ended')),
    );
    return worker;
  }

  /** Ends all changes that were asked for, and the thread. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.ref();
    worker.postMessage({ kind: 'close' } satisfies ToThread);
    await ended;
  }

  #receive(message: FromThread, worker: Worker): void {
    if (message.kind === 'done') {
      this.#waiting.get(message.id)?.resolve(message.output);
      return;
    }
    const { code, reason } = message.failure;
    const error = new DataError(code, reason);
    if (message.id === undefined) this.#lose(worker, error);
    else this.#waiting.get(message.id)?.reject(error);
  }

  #lose(worker: Worker, error: DataError): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
  }
}
