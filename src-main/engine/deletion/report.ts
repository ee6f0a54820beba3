import type { CallOptions } from '../endpoints/options.ts';

/** Is told how far something is. */
export type Report = (done: number, total: number) => void;

export interface ReportOptions extends CallOptions {
  report?: Report | undefined;
}
