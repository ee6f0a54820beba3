import type { AttachedDocument, Referrer, ReferrerList } from '../../common/referrers.ts';
import { type AttachedManifest, headOfNamed, readAttached } from '../../engine/index.ts';
import type { ReferrersService } from '../core/referrers.ts';
import { failureOf } from '../failure.ts';
import { entriesOf } from '../index-entries.ts';
import { urgentSourceOf } from '../place-handle.ts';
import { checkTarget, saveFile } from '../save-file.ts';
import type { CallOptions, PlaceHandle } from '../types.ts';

/** What is attached to images: signatures, SBOMs, attestations. */
export class Referrers implements ReferrersService {
  async list(
    place: PlaceHandle,
    repository: string,
    reference: string,
    { child, signal }: CallOptions & { child?: string | undefined } = {},
  ): Promise<ReferrerList> {
    const source = await urgentSourceOf(place, signal);
    const { digest } = await headOfNamed(source, repository, reference, signal);
    const entries = await entriesOf(source, repository, digest, signal);
    const digests = child === undefined || child === digest ? [digest] : [digest, child];
    const index = { digest, entries };
    const { attached, unseen, leftOut } = await readAttached(
      source,
      repository,
      { digests, index },
      { signal },
    );
    return {
      digest,
      referrers: attached.map(referrerOf),
      unseen: unseen.map(({ place: where, problem }) => ({ place: where, failure: failureOf(problem) })),
      leftOut,
    };
  }

  async save(
    place: PlaceHandle,
    repository: string,
    blob: { digest: string; size: number },
    to: string,
    { signal = new AbortController().signal }: CallOptions = {},
  ): Promise<void> {
    checkTarget(to);
    const source = await urgentSourceOf(place, signal);
    await saveFile(to, source.openBlob(repository, blob)(0, signal));
  }
}

function referrerOf({ problem, documents, ...attached }: AttachedManifest): Referrer {
  return {
    ...attached,
    documents: documents.map(
      ({ problem: unread, ...document }): AttachedDocument => ({
        ...document,
        ...(unread ? { problem: failureOf(unread) } : {}),
      }),
    ),
    ...(problem ? { problem: failureOf(problem) } : {}),
  };
}
