import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconExclamationCircle,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OperationStatus } from './snapshots.ts';
import classes from './tray.module.css';

const ICONS = {
  queued: IconClock,
  running: IconPlayerPlay,
  done: IconCircleCheck,
  failed: IconExclamationCircle,
  cancelled: IconBan,
  paused: IconPlayerPause,
  interrupted: IconAlertTriangle,
} satisfies Record<OperationStatus, typeof IconClock>;

/** How an operation stands, by shape, colour and name. */
export function StatusIcon({ status }: { status: OperationStatus }) {
  const { t } = useTranslation();
  const Icon = ICONS[status];
  return (
    <span className={classes.icon} data-status={status}>
      <Icon size={16} role="img" aria-label={t(`operations.status.${status}`)} />
    </span>
  );
}
