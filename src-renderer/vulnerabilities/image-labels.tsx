import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { Managed } from '../../src-main/common/product-said.ts';
import { useAccount } from '../accounts/queries.ts';
import { api, orpc } from '../api.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { whyNot } from '../products/fields.tsx';
import { productQueries } from '../products/queries.ts';
import { ResourceForm } from '../products/resource-form.tsx';
import { Chip } from '../ui/chip.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { toastFailure } from '../ui/toast.tsx';
import classes from './vulnerabilities.module.css';

/** Labels that a registry notes of an image, and the way to change them by a plan; nothing where its product has none. */
export function ImageLabels({ place, digest }: { place: RepositoryPlace; digest: string }) {
  const managed = useQuery(productQueries.managed(place.accountId));
  const section = managed.data?.resources.find(({ kind }) => kind === 'artifact');
  return section ? <Labels place={place} digest={digest} section={section} /> : null;
}

interface LabelsProps {
  place: RepositoryPlace;
  digest: string;
  section: Managed['resources'][number];
}

function Labels({ place: { accountId, repository }, digest, section }: LabelsProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const id = `${repository}@${digest}`;
  const [project = ''] = repository.split('/');
  const resource = useQuery(
    orpc.products.resource.queryOptions({ input: { accountId, kind: 'artifact', id } }),
  );
  const form = useQuery({ ...productQueries.form(accountId, 'artifact', project), enabled: editing });
  const readOnly = useAccount(accountId)?.readOnly === true;
  const plan = useMakePlan();
  // They are beside the matter where they cannot be read: the page is about the image.
  if (!resource.data) return null;
  const { fields, may } = resource.data;
  const labels = Array.isArray(fields.labels) ? fields.labels : [];
  return (
    <span className={classes.chips} data-testid="labels">
      {labels.map((label) => (
        <Chip key={label}>{label}</Chip>
      ))}
      <LinkButton onClick={() => setEditing(true)}>{t('vulnerabilities.labels')}</LinkButton>
      {editing && (
        <ResourceForm
          section={section}
          edited={resource.data}
          choices={form.data?.choices ?? {}}
          reason={readOnly ? t('administration.readOnlyHere') : whyNot(t, may.change)}
          busy={plan.isPending}
          onClose={() => setEditing(false)}
          onSubmit={({ fields: changed }) => {
            const change = { act: 'change', kind: 'artifact', id, fields: changed } as const;
            plan.mutate(
              (signal) =>
                api.products.planChanges({ accountId, changes: [change] }, signal ? { signal } : {}),
              { onError: toastFailure, onSuccess: () => setEditing(false) },
            );
          }}
        />
      )}
    </span>
  );
}
