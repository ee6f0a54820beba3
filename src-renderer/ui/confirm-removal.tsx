import { Button, Text } from '@mantine/core';
import { Dialog } from './dialog.tsx';
import { DialogBody, DialogFoot } from './dialog-form.tsx';
import { ErrorPanel } from './error-panel.tsx';

export interface ConfirmRemovalProps {
  /** What is removed and what that means; nothing is asked where it is absent. */
  about: { title: string; text: string; action: string } | undefined;
  removal: { isPending: boolean; error: unknown; reset: () => void };
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is removed. The focus starts on the button that keeps it. */
export function ConfirmRemoval({ about, removal, onConfirm, onClose }: ConfirmRemovalProps) {
  const close = () => {
    removal.reset();
    onClose();
  };
  return (
    <Dialog opened={about !== undefined} onClose={close} title={about?.title}>
      {about && (
        <DialogBody>
          <Text fz="sm">{about.text}</Text>
          {removal.error !== null && <ErrorPanel error={removal.error} />}
          <DialogFoot keeps onClose={close}>
            <Button color="red" loading={removal.isPending} onClick={onConfirm}>
              {about.action}
            </Button>
          </DialogFoot>
        </DialogBody>
      )}
    </Dialog>
  );
}
