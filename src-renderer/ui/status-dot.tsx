import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
} from '@tabler/icons-react';

type Status = 'ok' | 'warning' | 'failed' | 'unknown';

const LOOKS = {
  ok: { Icon: IconCircleCheckFilled, color: 'var(--wharf-ok)' },
  warning: { Icon: IconAlertTriangleFilled, color: 'var(--wharf-warning)' },
  failed: { Icon: IconCircleXFilled, color: 'var(--wharf-danger)' },
  unknown: { Icon: IconCircleDashed, color: 'var(--mantine-color-dimmed)' },
} as const;

export interface StatusDotProps {
  status: Status;
  /** The status in words: tooltip and accessible name. */
  label: string;
  /** Pixels. */
  size?: number;
}

/** A status shown by shape, colour and words. */
export function StatusDot({ status, label, size = 12 }: StatusDotProps) {
  const { Icon, color } = LOOKS[status];
  return (
    <span role="img" data-hint={label} aria-label={label} style={{ display: 'inline-flex', color }}>
      <Icon size={size} />
    </span>
  );
}
