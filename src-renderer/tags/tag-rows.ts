import type { Failure } from '../../src-main/common/failure.ts';
import type { ArtifactNote } from '../../src-main/common/product-said.ts';
import type { TagAnswer, TagDetails, TagLine, TagPage } from '../../src-main/common/tag.ts';
import { KnownRows } from '../lists/known-rows.ts';
import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { foldText } from '../lists/word-filter.ts';
import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';
import { isSameList } from '../ui/use-same.ts';
import { type Marks, marksOf } from './attached-marks.ts';
import { attachedName, placeOf, type TagName, type TagNames } from './tag-names.ts';

/** The tags of a repository as far as they have come, in the registry's order. */
export interface TagList {
  readonly rows: readonly TagName[];
  /** The last page is in. */
  readonly complete: boolean;
  /** Since when those are known that the registry has not listed yet. */
  readonly seen?: string;
}

export class TagCollector {
  readonly #rows: TagName[] = [];
  readonly #known = new KnownRows<TagName>();
  #complete = false;

  add(page: TagPage): void {
    const rows = page.tags.map((name) => ({ name, folded: foldText(name), key: naturalKey(name) }));
    if (page.seen !== undefined) {
      this.#known.add(rows, page.seen);
      return;
    }
    for (const row of rows) this.#rows.push(row);
    this.#known.replace(page.tags, page.done);
    this.#complete = page.done;
  }

  snapshot(): TagList {
    return { ...this.#known.with(this.#rows), complete: this.#complete };
  }
}

export type TagAnswers = ReadonlyMap<string, TagAnswer>;

/** What became of a tag since its page was opened. */
export type TagChange = 'new' | 'moved';

/** A tag on a row. */
export interface Tag extends TagName {
  /** It is meant to move, or was seen to. */
  readonly moving: boolean;
  /** When it was seen to. */
  readonly moved: string | undefined;
  /** A rule of the registry keeps it as it is. */
  readonly immutable: boolean;
  readonly change: TagChange | undefined;
  /** See `placeOf`. */
  readonly place: number;
}

/** One line of the table: an image with its tags, one of its tags, or a manifest without one. */
export interface TagRow {
  /** The digest; of a single tag its name. */
  readonly id: string;
  /** Those that the row stands for, in their order: what is done to the row is done to these. None of a manifest without a tag. */
  readonly tags: readonly Tag[];
  /** All that are known to be on the same image, in their order. */
  readonly image: readonly Tag[];
  readonly details?: TagLine;
  /** Why there are no details. */
  readonly failure?: Failure;
  /** What is known to be attached to it. */
  readonly attached: Marks;
  /** What the registry notes of it: labels, a scan. */
  readonly note?: ArtifactNote;
}

/** What the row is acted on by: its tags, or its digest where it has none. A digest has a colon, which no tag has. */
export function referencesOf({ id, tags }: TagRow): readonly string[] {
  return tags.length > 0 ? tags.map(({ name }) => name) : [id];
}

export const isDigest = (reference: string): boolean => reference.includes(':');

export interface RowsAsked {
  /** In natural order, or in the registry's. */
  names: readonly TagName[];
  answers: TagAnswers;
  described: TagNames;
  changes: ReadonlyMap<string, TagChange>;
  /** A row for each image and not for each tag; a tag whose image is not known has one of its own. */
  grouped: boolean;
}

interface Image {
  tags: Tag[];
  readonly details: TagDetails;
}

/**
 * Makes rows of names and answers in one pass, giving back the same object for a tag and a row that did not change: only changed
 * rows are drawn again.
 */
export class TagRowJoiner {
  #tags = new Map<string, Tag>();
  #rows = new Map<string, TagRow>();
  /** Tags of each image, by digest. */
  #images = new Map<string, Tag[]>();

  *join({ names, answers, described, changes, grouped }: RowsAsked): Sliced<readonly TagRow[]> {
    const tags = new Map<string, Tag>();
    const images = new Map<string, Image>();
    /** In the order of the names. */
    const lines: (Tag | Image)[] = [];
    for (const [at, name] of names.entries()) {
      if (at % ROWS_A_STEP === 0) yield;
      const answer = answers.get(name.name);
      const details = answer && 'details' in answer ? answer.details : undefined;
      const tag = this.#tag(name, described.moving.has(name.name), details, changes.get(name.name));
      tags.set(name.name, tag);
      const image = details && images.get(details.digest);
      if (image) image.tags.push(tag);
      if (details && !image) {
        const begun = { tags: [tag], details };
        images.set(details.digest, begun);
        if (grouped) lines.push(begun);
      }
      if (!grouped || !details) lines.push(tag);
    }
    const sorted = new Map<string, Tag[]>();
    let since = 0;
    for (const [digest, image] of images) {
      since += image.tags.length;
      if (since >= ROWS_A_STEP) {
        since = 0;
        yield;
      }
      image.tags.sort(compareTags);
      const before = this.#images.get(digest);
      // The same array means the same tags, whatever their number.
      if (before && isSameList(before, image.tags)) image.tags = before;
      sorted.set(digest, image.tags);
    }
    const rows = new Map<string, TagRow>();
    for (const [at, line] of lines.entries()) {
      if (at % ROWS_A_STEP === 0) yield;
      const row = this.#row(line, answers, images, described);
      rows.set(row.id, row);
    }
    this.#tags = tags;
    this.#rows = rows;
    this.#images = sorted;
    return [...rows.values()];
  }

  #tag(
    name: TagName,
    isMeantTo: boolean,
    { moved, immutable = false }: { moved?: string; immutable?: boolean } = {},
    change: TagChange | undefined,
  ): Tag {
    const moving = isMeantTo || moved !== undefined;
    const before = this.#tags.get(name.name);
    const isSameTag =
      before?.moving === moving &&
      before.moved === moved &&
      before.immutable === immutable &&
      before.change === change;
    if (isSameTag) return before;
    return { ...name, moving, moved, immutable, change, place: placeOf(name.name, moving) };
  }

  #row(
    line: Tag | Image,
    answers: TagAnswers,
    images: ReadonlyMap<string, Image>,
    { attached }: TagNames,
  ): TagRow {
    const answer = 'tags' in line ? line : answers.get(line.name);
    const details = answer && 'details' in answer ? answer.details : undefined;
    const failure = answer && 'failure' in answer ? answer.failure : undefined;
    const tags = 'tags' in line ? line.tags : [line];
    const id = 'tags' in line ? line.details.digest : line.name;
    const before = this.#rows.get(id);
    const whole = (details && images.get(details.digest)?.tags) ?? tags;
    const marks = details ? marksOfDetails(details, attached) : 0;
    if (
      before &&
      before.details === details &&
      before.failure === failure &&
      before.attached === marks &&
      (before.image === whole || !details) &&
      isSameList(before.tags, tags)
    ) {
      return before;
    }
    return {
      id,
      tags,
      image: whole,
      attached: marks,
      ...(details && { details }),
      ...(failure && { failure }),
    };
  }
}

function marksOfDetails(
  { digest, attached = [], attested }: TagDetails,
  byName: TagNames['attached'],
): Marks {
  const kinds = [...attached, ...(attested ? (['attestation'] as const) : [])];
  const named = byName.size > 0 ? byName.get(attachedName(digest)) : undefined;
  if (!named) return marksOf(kinds);
  // The list of referrers says what they are where that was looked at.
  return marksOf([...kinds, ...[...named].filter((kind) => kind !== 'other' || kinds.length === 0)]);
}

/** Order of the tags on one image. */
function compareTags(a: Tag, b: Tag): number {
  const isChannel = a.place === 3;
  return a.place - b.place || (isChannel ? byCodeUnit(a.key, b.key) : byCodeUnit(b.key, a.key));
}

/** Whether it was looked for all that is attached; what its tags and its own manifest name is known without. */
export function isAttachedKnown({ details }: TagRow): boolean {
  return details?.attached !== undefined;
}
