import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconCirclePause,
  IconCircleX,
  IconClock,
  IconLoader2,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import classes from './status-icon.module.css';

/** None that a button has: a triangle would be one to press. */
const ICONS = {
  queued: IconClock,
  running: IconLoader2,
  done: IconCircleCheck,
  failed: IconCircleX,
  cancelled: IconCircleMinus,
  paused: IconCirclePause,
  interrupted: IconAlertTriangle,
} satisfies Record<Operation['status'], typeof IconClock>;

/** The state of an operation, by shape, colour and name. */
export function StatusIcon({ status }: { status: Operation['status'] }) {
  const { t } = useTranslation();
  const Icon = ICONS[status];
  return (
    <span className={classes.icon} data-status={status}>
      <Icon size={16} role="img" aria-label={t(`operations.status.${status}`)} />
    </span>
  );
}
