import {
  IconAlertTriangle,
  IconCertificate,
  IconFileDescription,
  IconListDetails,
  IconSignature,
  IconZoomScan,
} from '@tabler/icons-react';
import type { Referrer } from '../../src-main/common/referrers.ts';
import classes from './referrers.module.css';

const ICONS = {
  signature: IconSignature,
  sbom: IconListDetails,
  attestation: IconCertificate,
  scan: IconZoomScan,
  other: IconFileDescription,
};

/** No colour of success: nothing here is verified. */
export function KindIcon({ kind, problem }: { kind: Referrer['kind']; problem: boolean }) {
  const Icon = problem ? IconAlertTriangle : ICONS[kind];
  return (
    <Icon size={18} stroke={1.6} aria-hidden className={classes.icon} data-problem={problem || undefined} />
  );
}
