import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

export interface ActionButtonProps extends Omit<ButtonProps, 'disabled'> {
  children: ReactNode;
  onClick: () => void;
  /** Why it cannot be used now: it is shown disabled, stays in the tab order and tells the reason. */
  reason?: string | undefined;
}

/** A button that says why it is disabled. */
export function ActionButton({ children, onClick, reason, ...props }: ActionButtonProps) {
  const button = (
    <Button
      {...props}
      {...(reason !== undefined && { 'data-disabled': true, 'aria-disabled': true })}
      onClick={(event) => {
        if (reason === undefined) onClick();
        else event.preventDefault();
      }}
    >
      {children}
    </Button>
  );
  return reason === undefined ? button : <Tooltip label={reason}>{button}</Tooltip>;
}
