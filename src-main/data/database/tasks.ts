import type { DataErrorCode } from '../../common/failure.ts';

/**
 * Work in the thread of a database. Between two `yield`s nothing else happens there: such a slice takes some milliseconds and ends
 * its transactions.
 */
type Task<Input, Output> = (input: Input) => Generator<void, Output, void>;
export type Tasks = Readonly<Record<string, Task<never, unknown>>>;

export type InputOf<SomeTask> = SomeTask extends Task<infer Input, unknown> ? Input : never;
export type OutputOf<SomeTask> = SomeTask extends Task<never, infer Output> ? Output : never;

/** What a thread does. Inputs and outputs are what structured cloning takes. */
export interface Room {
  /** Answered first, each as soon as the slice under way has ended. */
  readonly questions: Tasks;
  /** Done in the order in which they were asked for, to the end even when the thread is closed. */
  readonly changes: Tasks;
  /** Called before the changes that are left are ended, so that they do no more than they must. */
  closing?(): void;
  /** Called when the file turned out to be damaged: then the thread ends, and the next task starts another one. */
  damaged?(): void;
  /** What may wait: begun when nothing was asked for a while, begun anew after each change, left where it is on closing. */
  rest(): Generator<void, void, void>;
  close(): void;
}

export interface Failure {
  code: DataErrorCode;
  reason?: string;
}

export type ToThread =
  | { kind: 'run'; id: number; name: string; input: unknown }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };

/** Without `id`: the thread could not begin, and ends. */
export type FromThread =
  | { kind: 'done'; id: number; output: unknown }
  | { kind: 'failed'; id?: number; failure: Failure };
