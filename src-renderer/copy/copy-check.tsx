import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconEqual } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CopyPlan } from '../../src-main/common/transfer.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes } from '../ui/format.ts';
import classes from './copy.module.css';
import type { CopyCheck } from './use-copy-check.ts';

/** What a copy would find at its destination, and what has to be sent for it. */
export function CopyCheckNote({ check }: { check: CopyCheck }) {
  const { t } = useTranslation();
  const error = check.failure ?? check.error;
  if (error) return <ErrorPanel error={error} />;
  if (!check.plan) {
    return (
      <p className={classes.check} data-check="looking" role="status">
        <Loader size={14} aria-hidden />
        {t('transfers.check.looking')}
      </p>
    );
  }
  return <Found plan={check.plan} />;
}

const ICONS = { new: IconCircleCheck, overwrites: IconAlertTriangle, nothing: IconEqual };

function Found({ plan: { items, summary } }: { plan: CopyPlan }) {
  const { t } = useTranslation();
  const { by, total } = items;
  const { changed = 0, refused = 0, new: added = 0, same = 0 } = by;
  const state = changed + refused > 0 ? 'overwrites' : added > 0 ? 'new' : 'nothing';
  const Icon = ICONS[state];
  const { send, mount, present } = summary.blobs;
  const sizes = [
    send.bytes > 0 && t('transfers.check.send', { bytes: formatBytes(send.bytes) }),
    mount.bytes > 0 && t('transfers.check.mount', { bytes: formatBytes(mount.bytes) }),
    present.bytes > 0 && t('transfers.check.present', { bytes: formatBytes(present.bytes) }),
  ].filter((part) => part !== false);
  const parts = [
    added > 0 && total > 1 && t('transfers.check.newMany', { count: added }),
    added > 0 && total === 1 && t('transfers.check.new'),
    changed > 0 && t('transfers.check.overwrites', { count: changed }),
    same > 0 && t(total > 1 ? 'transfers.check.sameMany' : 'transfers.check.same', { count: same }),
    refused > 0 && t('transfers.check.refused', { count: refused }),
  ].filter((part) => part !== false);
  return (
    <div className={classes.check} data-check={state} role="status">
      <Icon size={16} aria-hidden />
      <div>
        <div>{parts.join(' ')}</div>
        {state !== 'nothing' && sizes.length > 0 && <div className={classes.quiet}>{sizes.join(' · ')}</div>}
      </div>
    </div>
  );
}
