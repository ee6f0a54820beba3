import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A dialog's title with a quiet second line: the place it is about. */
export function DialogTitle({ children, place }: { children: ReactNode; place?: ReactNode }) {
  return (
    <>
      <Text component="span" fw={600} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
      {place !== undefined && (
        <Text component="span" display="block" fz="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {place}
        </Text>
      )}
    </>
  );
}
