import { differingFields, type FieldValue, fieldsOf } from '../../common/product.ts';
import type { HandedOver, ProductChange, ProductChangePlan } from '../../common/product-change.ts';

/** Changes field by field. */
export function changeLines({ subject, summary }: ProductChangePlan): string[] {
  return [
    ...subject.changes.flatMap(linesOf),
    ...(summary.handedOver ? handedOverLines(summary.handedOver) : []),
    ...(summary.notes.includes('secretOnce') ? ['  its secret is shown once'] : []),
    ...(summary.notes.includes('secretEnds') ? ['  the secret it has is refused from then on'] : []),
    ...(summary.notes.includes('secretGiven') ? ['  the password is sent and not shown'] : []),
    ...(summary.notes.includes('secretLost') ? ['  the password is not restored: set it again'] : []),
    ...(summary.notes.includes('secretAnew') ? ['  what is made again gets another secret'] : []),
  ];
}

const LOSSES: Readonly<Record<HandedOver['losses'][number]['name'], string>> = {
  versions: 'the range of versions is not looked at: all tags of these names are copied',
  excludedRepositories: 'repositories cannot be left out: these are copied, too',
  excludedTags: 'tags cannot be chosen and left out at once: these are copied, too',
  platforms: 'all platforms are copied, not only these',
  attachedAlways: 'signatures and SBOMs go along, which the sync leaves behind',
  attachedItsWay:
    'which signatures and SBOMs go along is up to the registry; referrers without a tag may stay behind',
  foreign: 'foreign layers stay where they are',
  prune: 'tags that only the target has are neither named nor deleted',
  preview: 'no run shows before what it would copy',
  verification: 'content is not verified on its way: what arrives is up to the target',
  undo: 'what a run overwrites is not in the history here, and cannot be undone',
  protectedTags: 'tags that are protected here are not protected from it',
  loopback: 'this address means the registry itself there: give the endpoint one that can be reached from it',
};
const GAINS: Readonly<Record<HandedOver['gains'][number], string>> = {
  runsThere: 'it runs at the registry, whether this computer is on or not; the bytes do not come by here',
  triggers: 'it can run by a schedule, or with each push: --set trigger=scheduled, --set cron="0 0 3 * * *"',
  speed: 'it can be held to a speed: --set speed=KIB_A_SECOND',
  deletions: 'it can delete there what is deleted here: --set trigger=event, --set deletes=true',
};

function handedOverLines({ sync, endpoint, losses, gains }: HandedOver): string[] {
  return [
    ...(endpoint === undefined
      ? []
      : [`  the other registry is there already, as ${endpoint}; its sign-in stays`]),
    `otherwise than the sync ${sync}, which stays as it is:`,
    ...losses.map(
      ({ name, values }) => `  ${LOSSES[name]}${values.length > 0 ? `: ${values.join(', ')}` : ''}`,
    ),
    'beyond it:',
    ...gains.map((name) => `  ${GAINS[name]}`),
  ];
}

function linesOf({ act, kind, name, project, before, after }: ProductChange): string[] {
  const within = project === undefined ? '' : ` in ${project}`;
  const fields = act === 'renew' ? [] : differingFields(kind, before, after);
  return [
    `${act} ${kind} ${name}${within}`,
    ...fields.map((field) => {
      if (fieldsOf(kind)[field]?.type === 'secret') return `  ${field}: a new one, not shown`;
      const [was, is] = [before?.[field], after?.[field]].map(valueText);
      if (before === null) return `  ${field}: ${is}`;
      return after === null ? `  ${field}: ${was}` : `  ${field}: ${was} -> ${is}`;
    }),
  ];
}

/** `-` where the product does not say. */
export function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return '-';
  if (value === null) return 'none';
  return Array.isArray(value) ? value.join(',') : String(value);
}
