import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';

/** What a dialog holds, one below the other. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className={classes.body}>{children}</div>;
}

export interface DialogFootProps {
  onClose: () => void;
  /** The word of the button that changes nothing; "Cancel" where it is left out. */
  cancel?: string | undefined;
  /** The focus starts on the button that changes nothing. */
  keeps?: boolean;
  /** The buttons beside it. */
  children: ReactNode;
}

/** The buttons of a dialog: in sight however long it is. */
export function DialogFoot({ onClose, cancel, keeps = false, children }: DialogFootProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.foot} data-foot>
      <Button variant="default" onClick={onClose} data-autofocus={keeps || undefined}>
        {cancel ?? t('common.cancel')}
      </Button>
      {children}
    </div>
  );
}

export interface DialogFormProps {
  onSubmit: () => void;
  onClose: () => void;
  /** The button that goes on. */
  submit: { label: string; loading?: boolean; disabled?: boolean };
  /** Buttons before it. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The form of a dialog: fields, then its buttons. */
export function DialogForm({ onSubmit, onClose, submit, actions, children }: DialogFormProps) {
  return (
    <form
      noValidate
      className={classes.body}
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog is no part of the form it was opened from, but React's events think so.
        event.stopPropagation();
        onSubmit();
      }}
    >
      {children}
      <DialogFoot onClose={onClose}>
        {actions}
        <Button type="submit" loading={submit.loading ?? false} disabled={submit.disabled ?? false}>
          {submit.label}
        </Button>
      </DialogFoot>
    </form>
  );
}
