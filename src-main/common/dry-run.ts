/** Of the environment: nothing is started, whatever is set. */
export const DRY_RUN = 'WHARFINGER_DRY_RUN';

/** Whether whoever started the app wants a dry run. */
export function wantsDryRun(environment: Readonly<Record<string, string | undefined>>): boolean {
  return /^(1|true|yes|on)$/i.test(environment[DRY_RUN] ?? '');
}
