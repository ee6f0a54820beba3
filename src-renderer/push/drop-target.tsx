import { IconUpload } from '@tabler/icons-react';
import { useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './push.module.css';

const PushDialog = lazy(() => import('./push-dialog.tsx').then((push) => ({ default: push.PushDialog })));

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** A file dropped anywhere on the window is offered to be pushed, to the place that is open where it is one. */
export function DropTarget() {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const [file, setFile] = useState<File>();
  const { accountId } = useParams({ strict: false });
  const { repository } = useSearch({ strict: false });
  useEffect(() => {
    // Without this a file that misses a field replaces the page.
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      setFile(event.dataTransfer?.files[0]);
    };
    window.addEventListener('dragenter', drag);
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragenter', drag);
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return (
    <>
      {over && (
        <div className={classes.over} data-testid="drop-target">
          <IconUpload size={32} aria-hidden />
          {t('push.drop')}
        </div>
      )}
      {file && (
        <Suspense>
          <PushDialog
            accountId={accountId}
            repository={typeof repository === 'string' ? repository : undefined}
            file={file}
            onClose={() => setFile(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
