import { ServiceError } from '../errors.ts';
import { withPlaces } from './kept-places.ts';
import type { OperationKind } from './kind.ts';
import { kindOf } from './record.ts';

/** The kinds of operations by their names. */
export class OperationKinds {
  readonly #kinds: ReadonlyMap<string, OperationKind>;

  constructor(kinds: readonly OperationKind[]) {
    this.#kinds = new Map(kinds.map((kind) => [kind.name, kind]));
  }

  /** The kind that a subject names, with the subject as that reads it; undefined where this version cannot read it. */
  of(kept: unknown): { kind: OperationKind; subject: unknown } | undefined {
    const kind = this.#kinds.get(kindOf(kept) ?? '');
    const read = kind?.subject.safeParse(withPlaces(kept));
    return kind && read?.success ? { kind, subject: read.data } : undefined;
  }

  /** Names of those that can be taken back. */
  undoable(): string[] {
    return [...this.#kinds.values()].filter(({ undo }) => undo !== undefined).map(({ name }) => name);
  }

  /** @throws ServiceError `storageFailed` */
  read(kept: unknown): { kind: OperationKind; subject: unknown } {
    const known = this.of(kept);
    if (known) return known;
    throw new ServiceError('storageFailed', 'The record of this operation cannot be read by this version.');
  }
}
