import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api.ts';
import { CopyOptionsFields, USUAL_OPTIONS } from '../copy/copy-options.tsx';
import { arePlatforms } from '../copy/platforms.ts';
import { ReferencesDialog, type ReferencesDialogProps } from '../copy/references-dialog.tsx';
import { desktopFiles } from '../desktop-files.ts';
import { PlanNote } from '../plans/plan-note.tsx';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { isTagName } from '../repositories/name.ts';
import { Choice } from '../ui/choice.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { FORMATS, isWholePath, nameInside, type SaveFormat, suggestedName } from './formats.ts';
import { PathField } from './path-field.tsx';
import classes from './save-image.module.css';

/** Where an archive goes that is saved from a browser. */
const DESTINATIONS = ['download', 'path'] as const;

/** Saves images outside registries: format and path, then the plan. */
export function SaveImageDialog(props: ReferencesDialogProps) {
  const { t } = useTranslation();
  const { length: count, 0: reference = '' } = props.references;
  return (
    <ReferencesDialog
      {...props}
      title={count === 1 ? t('saveImage.title', { reference }) : t('saveImage.titleMany', { count })}
    >
      <Form {...props} />
    </ReferencesDialog>
  );
}

function Form({ place, host, references, onClose }: ReferencesDialogProps) {
  const { t } = useTranslation();
  const [first = ''] = references;
  // A digest is no tag: what is saved needs a name of its own.
  const needsTag = references.length === 1 && !isTagName(first);
  const [format, setFormat] = useState<SaveFormat>('ociArchive');
  const [destination, setDestination] = useState<(typeof DESTINATIONS)[number]>('download');
  const [path, setPath] = useState('');
  const [tag, setTag] = useState(needsTag ? '' : first);
  const [options, setOptions] = useState(USUAL_OPTIONS);
  const [tried, setTried] = useState(false);
  const plan = useMakePlan();
  // A folder is nothing that a browser downloads; the desktop app has files of its own.
  const canDownload = format !== 'ociLayout' && desktopFiles() === undefined;
  const downloads = canDownload && destination === 'download';
  const name = suggestedName(format, place.repository, first);
  const problems = {
    path: downloads || isWholePath(path) ? undefined : t('saveImage.pathForm'),
    tag: isTagName(tag) ? undefined : t('transfers.invalidTag'),
    platforms: arePlatforms(options.platforms) ? undefined : t('transferPages.problems.platformForm'),
  };
  const submit = () => {
    setTried(true);
    if (Object.values(problems).some((problem) => problem !== undefined)) return;
    const copies = references.map((reference) => ({
      source: { repository: place.repository, reference },
      target: nameInside(format, host, place.repository, needsTag ? tag : reference),
    }));
    plan.mutate(async (signal) => {
      const given = signal ? { signal } : {};
      const target = downloads ? await api.content.prepareDownload({ name }, given) : { path: path.trim() };
      return await api.transfers.planCopies(
        { source: place.accountId, target: { kind: format, ...target }, copies, options },
        given,
      );
    });
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      submit={{ label: t('transfers.showPlan'), loading: plan.isPending }}
    >
      <Choice
        label={t('saveImage.format')}
        value={format}
        options={FORMATS}
        name={(value) => t(`saveImage.formats.${value}`)}
        onChange={setFormat}
      />
      <Text fz="sm" c="dimmed">
        {t(`saveImage.formatHelp.${format}`)}
      </Text>
      {canDownload && (
        <Choice
          label={t('saveImage.destination')}
          value={destination}
          options={DESTINATIONS}
          name={(value) => t(`saveImage.destinations.${value}`)}
          onChange={setDestination}
        />
      )}
      {downloads ? (
        <Text fz="sm" c="dimmed">
          {t('saveImage.downloadHelp')}
        </Text>
      ) : (
        <PathField
          format={format}
          name={name}
          path={path}
          error={tried && problems.path}
          onChange={setPath}
        />
      )}
      {needsTag && (
        <TextInput
          label={t('transfers.tag')}
          classNames={{ input: classes.mono ?? '' }}
          value={tag}
          error={tried && problems.tag}
          onChange={(event) => setTag(event.currentTarget.value)}
        />
      )}
      <CopyOptionsFields
        options={options}
        platformError={tried ? problems.platforms : undefined}
        onChange={(part) => setOptions((before) => ({ ...before, ...part }))}
      />
      <PlanNote plan={plan} />
    </DialogForm>
  );
}
