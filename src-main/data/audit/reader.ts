import { Worker } from 'node:worker_threads';
import type { AuditChoices, AuditHead, AuditVerification } from '../../common/audit.ts';
import { ThreadClient } from '../database/thread-client.ts';
import { readHead } from './head-file.ts';
import type { AuditFiles, AuditQuestion, AuditTasks } from './tasks.ts';

interface Options {
  signal?: AbortSignal | undefined;
}

/** Reads the record of changes, however long, in a thread. @throws DataError */
export class AuditReader {
  readonly #thread: ThreadClient<AuditTasks>;
  readonly #headFile: string;

  constructor(files: AuditFiles, headFile: string) {
    this.#headFile = headFile;
    this.#thread = new ThreadClient(
      () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: files }),
    );
  }

  /** The entries that began changes, the newest first. */
  changes(question: AuditQuestion & { offset: number; limit: number }, options: Options) {
    return this.#thread.run('changes', question, options);
  }

  choices(options: Options): Promise<AuditChoices> {
    return this.#thread.run('choices', undefined as never, options);
  }

  /** All entries of the changes asked for, oldest first, `after` being the number of the last one read. */
  entries(question: AuditQuestion & { after: number; limit: number }, options: Options) {
    return this.#thread.run('entries', question, options);
  }

  /** @param heads noted elsewhere, beside the one in the file */
  async verify(heads: readonly AuditHead[], options: Options): Promise<AuditVerification> {
    return await this.#thread.run('verify', { file: await readHead(this.#headFile), heads }, options);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
