import { ORPCError } from '@orpc/client';
import { type Failure, failure } from '../../src-main/common/failure.ts';

/**
 * What went wrong, from anything that was thrown (a failure of the contract comes through as it is). Failures of the contract come through as they are; a broken link, a
 * cancelled call and a fault of our own get their codes.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    if (error.code === 'FAILED') {
      const parsed = failure.safeParse(error.data);
      if (parsed.success) return parsed.data;
    }
    if (error.code === 'BAD_REQUEST') {
      return { code: 'invalidInput', message: error.message, reason: issuesOf(error.data) ?? error.message };
    }
    return { code: 'internal', message: error.message, reason: `${error.code}: ${error.message}` };
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { code: 'cancelled', message: 'Cancelled.' };
  }
  if (!(error instanceof Error)) {
    const parsed = failure.safeParse(error);
    if (parsed.success) return parsed.data;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, reason: message };
}

/** True where the user (or leaving the page) stopped it: nothing is to be reported. */
export function isCancelled(error: unknown): boolean {
  return failureOf(error).code === 'cancelled';
}

/** Validation issues of a refused input, as one line each. */
function issuesOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) return;
  const lines: string[] = [];
  for (const issue of data.issues as unknown[]) {
    if (typeof issue !== 'object' || issue === null || !('message' in issue)) continue;
    const path = 'path' in issue && Array.isArray(issue.path) ? issue.path.join('.') : '';
    lines.push(path ? `${path}: ${String(issue.message)}` : String(issue.message));
  }
  return lines.length > 0 ? lines.join('\n') : undefined;
}
