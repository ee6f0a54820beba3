import { differingFields, type FieldValue } from '../../common/product.ts';
import type { ProductChange, ProductChangePlan } from '../../common/product-change.ts';

/** Changes field by field. */
export function changeLines({ subject, summary }: ProductChangePlan): string[] {
  return [
    ...subject.changes.flatMap(linesOf),
    ...(summary.notes.includes('secretOnce') ? ['  its secret is shown once'] : []),
    ...(summary.notes.includes('secretEnds') ? ['  the secret it has is refused from then on'] : []),
    ...(summary.notes.includes('secretAnew') ? ['  what is made again gets another secret'] : []),
  ];
}

function linesOf({ act, kind, name, project, before, after }: ProductChange): string[] {
  const within = project === undefined ? '' : ` in ${project}`;
  const fields = act === 'renew' ? [] : differingFields(kind, before, after);
  return [
    `${act} ${kind} ${name}${within}`,
    ...fields.map((field) => {
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
