import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { stringifySearch } from '../search-params.ts';

export interface TagLinks {
  /** Address of an image's page. */
  readonly hrefOf: (reference: string) => string;
  readonly open: (reference: string) => void;
  /** Its page where what a scan found is listed. */
  readonly openFindings: (reference: string) => void;
}

/** Ways from a repository's tags to the pages of its images; the same from render to render. */
export function useTagLinks({ accountId, repository }: RepositoryPlace): TagLinks {
  const navigate = useNavigate();
  return useMemo(() => {
    const page = `/registries/${accountId}/image${stringifySearch({ repository })}`;
    const go = (reference: string, tab?: 'vulnerabilities') =>
      void navigate({
        to: '/registries/$accountId/image',
        params: { accountId },
        search: { repository, reference, ...(tab && { tab }) },
      });
    return {
      // Asked for each chip that scrolls by: the repository is written once.
      hrefOf: (reference) => `${page}&reference=${encodeURIComponent(reference)}`,
      open: (reference) => go(reference),
      openFindings: (reference) => go(reference, 'vulnerabilities'),
    };
  }, [navigate, accountId, repository]);
}
