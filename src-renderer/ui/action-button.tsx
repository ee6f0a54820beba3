import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

export interface ActionButtonProps extends Omit<ButtonProps, 'disabled'> {
  children: ReactNode;
  autoFocus?: boolean;
  onClick: () => void;
  /** Why it cannot be used now: it is shown disabled, stays in the tab order and says the reason. */
  reason?: string | undefined;
}

/** A button that says why it is disabled. */
export function ActionButton({ children, onClick, reason, ...props }: ActionButtonProps) {
  return (
    <Button
      {...props}
      {...(reason !== undefined && {
        'data-disabled': true,
        'data-hint': reason,
        'aria-disabled': true,
        'aria-description': reason,
      })}
      onClick={(event) => {
        if (reason === undefined) onClick();
        else event.preventDefault();
      }}
    >
      {children}
    </Button>
  );
}
