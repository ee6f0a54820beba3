import { IconFileCode, IconPlayerStop, IconShieldSearch } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { ArtifactScan } from '../../src-main/common/product-said.ts';
import { orpc } from '../api.ts';
import { whyNot } from '../products/fields.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { toastFailure } from '../ui/toast.tsx';
import classes from './vulnerabilities.module.css';

const ICONS = { vulnerabilities: IconShieldSearch, sbom: IconFileCode } as const;

export interface ScanBarProps {
  place: RepositoryPlace;
  digest: string;
  scans: readonly ArtifactScan[];
  /** The registry is locked here. */
  readOnly: boolean;
}

/** How the scans of an image stand, and the buttons that begin and stop them: what one may not do says why. */
export function ScanBar({ place, digest, scans, readOnly }: ScanBarProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const looked = () => client.invalidateQueries({ queryKey: orpc.products.scanned.key() });
  const start = useMutation(
    orpc.products.startScan.mutationOptions({ onError: toastFailure, onSuccess: looked }),
  );
  const stop = useMutation(
    orpc.products.stopScan.mutationOptions({ onError: toastFailure, onSuccess: looked }),
  );
  const locked = readOnly ? t('administration.readOnlyHere') : undefined;
  return (
    <div className={classes.bar} data-testid="scan-bar">
      <p className={classes.note}>
        {scans.map(({ type, state, scanner, ended }) => (
          <span key={type}>
            {t(`vulnerabilities.types.${type}`)}
            {t('ui.colon')}
            {t(`vulnerabilities.states.${state}`)}
            {state === 'done' && ended !== undefined && (
              <>
                {' '}
                · <RelativeTime value={ended} />
              </>
            )}
            {scanner !== undefined && ` · ${scanner}`}
          </span>
        ))}
      </p>
      <span className={classes.end}>
        {scans.map(({ type, state, may }) => {
          const isRunning = state === 'waiting' || state === 'running';
          const asked = { ...place, digest, type };
          const Icon = isRunning ? IconPlayerStop : ICONS[type];
          return (
            <ActionButton
              key={type}
              variant="default"
              data-scan={type}
              leftSection={<Icon size={14} />}
              loading={start.isPending || stop.isPending}
              reason={locked ?? whyNot(t, may)}
              onClick={() => (isRunning ? stop.mutate(asked) : start.mutate(asked))}
            >
              {t(`vulnerabilities.${isRunning ? 'stop' : 'start'}.${type}`)}
            </ActionButton>
          );
        })}
      </span>
    </div>
  );
}
