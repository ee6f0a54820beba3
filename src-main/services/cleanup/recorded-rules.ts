import type { SavedCleanup } from '../../common/cleanup-run.ts';
import { differing, type RecordedChange } from '../recorded-settings.ts';

/**
 * What of a change of saved rules goes into the record: what they say, by the digest of their text, and when they run by themselves.
 * Undefined where nothing of it is another.
 */
export function recordedRules(
  before: SavedCleanup | undefined,
  after: SavedCleanup | undefined,
  subject: Pick<RecordedChange['subject'], 'registry' | 'account'>,
): RecordedChange | undefined {
  const fields = differing(before && factsOf(before), after && factsOf(after));
  const rules = after ?? before;
  if (!rules || fields.length === 0) return undefined;
  const event = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const verb = { added: 'add', changed: 'change', removed: 'remove' }[event];
  return {
    event,
    subject: {
      ...subject,
      kind: 'cleanupRules',
      what: `${verb} the cleanup rules ${rules.name} of ${subject.registry ?? 'a registry that is gone'}`,
    },
    detail: { name: rules.name, fields, secrets: [] },
  };
}

function factsOf({ name, version, digest, schedule }: SavedCleanup): Record<string, unknown> {
  const { hours, deletes, atMost, kubeconfig } = schedule ?? {};
  return { name, version, digest, everyHours: hours, deletes, atMost, kubeconfig };
}
