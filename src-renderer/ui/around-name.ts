import type { TFunction } from 'i18next';

/** No name has it. */
const PLACE = '\u0000';

/** What a label says around a name, asked of the words once for all rows and not for each: `Actions for {{name}}`. */
export function aroundName(
  t: TFunction,
  label: 'common.selectRow' | 'common.rowActions',
): (name: string) => string {
  const said = t(label, { name: PLACE }).split(PLACE);
  return (name) => said.join(name);
}
