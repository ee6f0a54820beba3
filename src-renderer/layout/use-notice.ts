import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { desktopShell } from '../desktop-shell.ts';
import { detailsLink } from '../operations/details-link.ts';
import { useLine } from '../operations/use-line.ts';

/** Has the system say that an operation has ended, while nobody looks at the window. Nothing in a browser. */
export function useNotice(): (operation: Operation) => void {
  const { t } = useTranslation();
  const router = useRouter();
  const line = useLine();
  return (operation) => {
    const { id, status, ended = '' } = operation;
    desktopShell()?.notify({
      id: `${id} ${ended}`,
      title: t(`operations.status.${status}`),
      text: line(operation).slice(0, 500),
      path: router.buildLocation(detailsLink(operation)).href,
    });
  };
}
