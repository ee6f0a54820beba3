import { Portal } from '@mantine/core';
import type { ReactNode } from 'react';

/** Id of the place in the status bar that pages write to. */
export const STATUS_TEXT = 'status-text';

/**
 * A plain fact that a page states at the left of the status bar while it is shown ("Sizes of 120 of 300 repositories"); several stand
 * side by side. It is there to be read: a change of it is not read out.
 */
export function StatusText({ children }: { children: ReactNode }) {
  return (
    <Portal target={`#${STATUS_TEXT}`}>
      <span>{children}</span>
    </Portal>
  );
}
