import type { Draft } from './draft.ts';

/** What every group of the account form's fields is given. */
export interface FieldsProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** The words of what is wrong with a field, once the user tried to go on. */
  error: (field: keyof Draft) => string | undefined;
}
