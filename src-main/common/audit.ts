import { z } from 'zod';
import { accountId, operationId } from './ids.ts';
import { operation } from './operation.ts';
import { digest, repositoryName } from './place.ts';
import { count, instant, page } from './units.ts';

/** SHA-256 in hexadecimal digits. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Who signs in to the registry that is changed: the account by its id and name, where one is stored, and its user there. */
const auditAccount = z.object({
  id: accountId.nullable(),
  name: z.string().nullable(),
  user: z.string().nullable(),
});
export type AuditAccount = z.infer<typeof auditAccount>;

/**
 * One entry of the record of changes, as it is exported, a line each. Format 2: `hash` is the SHA-256 of the canonical JSON (RFC 8785) of
 * all its other fields. Format 1 is what earlier versions wrote: they left machine, account, registry and what out, and chained otherwise.
 */
export const auditEntry = z.object({
  format: z.union([z.literal(1), z.literal(2)]),
  /** 1, 2, 3 … without a gap. */
  sequence: count,
  at: instant,
  /** User of the operating system. */
  user: z.string(),
  /** Name of the machine. */
  machine: z.string().nullable(),
  /** Which part of the app: desktop, browser, cli. */
  app: z.string(),
  account: auditAccount.nullable(),
  /** `host[:port]` of the registry that is changed, or the place outside registries. */
  registry: z.string().nullable(),
  /** Of the operation; `account`, `settings`, `localRegistry` and `cleanupRules` are changes of the app's own. */
  kind: z.string().nullable(),
  /** `started`, `changes`, `done` … of an operation; `added`, `changed`, `removed` of the app's own. */
  event: z.string(),
  operation: operationId.nullable(),
  /** What is done, in English. */
  what: z.string().nullable(),
  /** By event: see `.readme/AUDIT.md`. */
  detail: z.unknown(),
  /** Hash of the entry before; 64 zeros before the first. Null where earlier versions kept none. */
  previous: hash.nullable(),
  hash: hash.nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** What became of changes, as the history is asked for them; `open`: not ended for good. */
export const RESULTS = ['done', 'undoable', 'undone', 'failed', 'cancelled', 'open'] as const;

/** Which changes are asked for; what is absent leaves all. */
const auditFilter = z.object({
  /** Each word stands somewhere in what is recorded of it: places, tags, digests, failures. */
  text: z.string().max(500).exactOptional(),
  kind: z.string().max(100).exactOptional(),
  registry: z.string().max(300).exactOptional(),
  user: z.string().max(300).exactOptional(),
  result: z.enum(RESULTS).exactOptional(),
  /** From this instant on. */
  since: instant.exactOptional(),
  /** Before this instant. */
  until: instant.exactOptional(),
  /** This one alone: an operation, or a change of the app's own by its number. */
  operation: operationId.exactOptional(),
  sequence: count.exactOptional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const historyPageRequest = auditFilter.extend(page.shape);

/** A change of the app's own settings: names of fields with what they were and are; of secrets only which were given anew. */
export const settingsChange = z.object({
  /** Of what has one and is no account: saved rules. */
  name: z.string().exactOptional(),
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  secrets: z.array(z.string()),
});
export type SettingsChange = z.infer<typeof settingsChange>;

/** One change: an operation, or one of the app's own. */
const historyRow = auditEntry.omit({ format: true, operation: true, detail: true, previous: true }).extend({
  /** As it is now; absent for the app's own, and where the journal does not have it. */
  operation: operation.exactOptional(),
  /** Of the app's own. */
  settings: settingsChange.exactOptional(),
});
export type HistoryRow = z.infer<typeof historyRow>;

export const historyPage = z.object({ items: z.array(historyRow), total: count });
export type HistoryPage = z.infer<typeof historyPage>;

/** What there is to choose from. */
export const auditChoices = z.object({
  registries: z.array(z.string()),
  users: z.array(z.string()),
  kinds: z.array(z.string()),
});
export type AuditChoices = z.infer<typeof auditChoices>;

/** What an operation did to a reference, noted before it was done. */
const recordedChange = z.object({
  repository: repositoryName,
  /** A tag, or the digest of a manifest without one. */
  reference: z.string(),
  /** Digests; null: it was, or is, not there. */
  before: digest.nullable(),
  after: digest.nullable(),
  /** What was there before could not be seen. */
  blind: z.boolean(),
});
export type RecordedChange = z.infer<typeof recordedChange>;

export const recordedChangesRequest = z.object({ operationId, ...page.shape });
export const recordedChanges = z.object({ items: z.array(recordedChange), total: count });

/** Where the chain ends: the number of its last entry and the hash of that. */
const auditHead = z.object({ sequence: count, hash });
export type AuditHead = z.infer<typeof auditHead>;

export const notedHead = auditHead.extend({ at: instant });
export type NotedHead = z.infer<typeof notedHead>;

export const auditVerification = z.object({
  /** Entries looked at, and those of them that earlier versions wrote. */
  entries: count,
  earlier: count,
  /** The last one; null where there is none that is chained. */
  head: auditHead.nullable(),
  /** The end that was noted in a file of its own; null: none is there. */
  noted: notedHead.nullable(),
  /** The first ones, and how many there are in all. */
  problems: z.array(
    z.object({
      /**
       * `changed`: the entry, or the hash of the one before, is not what was written. `missing`: a number that no entry has. `cutOff`: an
       * entry that was noted elsewhere is not there, or is another one.
       */
      kind: z.enum(['changed', 'missing', 'cutOff']),
      sequence: count,
    }),
  ),
  problemCount: count,
});
export type AuditVerification = z.infer<typeof auditVerification>;

export const auditExportRequest = auditFilter.extend({ format: z.enum(['jsonl', 'csv']) });

/** A piece of the text of an export. */
export const auditText = z.string();
