import type { InputWrapperProps } from '@mantine/core';

/** For fields beside each other of which not all have a hint: below it their labels and their fields stand in one line. */
export const HINT_BELOW: NonNullable<InputWrapperProps['inputWrapperOrder']> = [
  'label',
  'input',
  'description',
  'error',
];
