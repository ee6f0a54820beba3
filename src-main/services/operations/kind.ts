import type { z } from 'zod';
import type { OperationDetails, OperationProgress } from '../../common/operation.ts';
import type { AnyPlace } from '../../common/place.ts';
import type { Plan } from '../../common/plan.ts';
import type { TagPair } from '../../common/transfer.ts';
import type {
  JournalStep,
  KeptTagChange,
  NewPlanItem,
  ProcessMark,
  TrashedManifest,
} from '../../data/index.ts';
import type { CallOptions, OperationPlaces, PlaceAccess, PlaceHandle, StepChange } from '../types.ts';
import type { Outcome, StepCursor } from './steps.ts';

/**
 * One kind of operation that changes registries, in the folder of its feature and in the list of `operation-kinds.ts`. The runner,
 * the record, the contract and the lists know no kind by name.
 */
export interface OperationKind<Subject = unknown, Step = unknown, Prepared = unknown> {
  /** Also the subject's `kind`. Never changed once released: the journal names it. */
  readonly name: string;
  /** Older versions' subjects and steps are read as well. */
  readonly subject: z.ZodType<Subject>;
  readonly step: z.ZodType<Step>;
  /** Whether it can be paused, and goes on by itself after the program ended in the middle. */
  readonly goesOn: boolean;
  places(subject: Subject): OperationPlaces;
  /** What it is about, in English: for the command line and for what has no words for the kind. */
  words(subject: Subject): string;
  /** What a step does to tags. */
  changes(step: Step, subject: Subject): StepChange[];
  /** What the operation has done in all, by what its last step noted; undefined where that cannot be read. */
  outcome?(result: string): unknown;
  /** The pair of tags that a step is about, where it has one: shown as lines of the operation. */
  pair?(step: Step): TagPair;
  /**
   * What a plan takes away: of so much that a name has to be typed before it is started. Absent where nothing goes.
   *
   * @param summary the plan's, as it was kept
   */
  removes?(subject: Subject, summary: unknown): Removal;
  /**
   * Looks whether a confirmed plan still says what would happen.
   *
   * @param plan with what its making prepared, where that was in this process
   * @returns what `run` gets as `prepared`
   * @throws ServiceError `planStale`
   */
  check?(plan: CheckedPlan<Subject, Prepared>, options: CallOptions): Promise<Prepared | undefined>;
  /** Called when a plan has become an operation. */
  started?(subject: Subject, operationId: string): void;
  /**
   * Runs the steps that are not done. One that fails does not hold up the others; running it again after an end at any point is
   * safe.
   *
   * @throws what ends the whole operation: `cancelled`, a registry out of reach, a full disk
   */
  run(steps: StepCursor<Step>, context: RunContext<Subject, Prepared>): Promise<Outcome>;
  /** It changes no tags: what there is to take back are its steps that are done. */
  readonly changesNoTags?: true;
  /** The plan that takes it back, confirmed like any other. */
  undo?(operation: UndoneOperation<Subject>, context: PlanContext): Promise<Planned<Plan['subject']>>;
}

/** Tags that a plan takes away. */
export interface Removal {
  /** What has to be typed where they are many. */
  name: string;
  tags: number;
  /** Nothing is left of a repository, or that is not known. */
  empties: boolean;
}

/** The places of an operation, as `places` names them. */
export interface OperationRegistries {
  reads: readonly PlaceHandle[];
  changes: readonly PlaceHandle[];
}

export interface CheckedPlan<Subject, Prepared> {
  subject: Subject;
  basis: unknown;
  prepared: Prepared | undefined;
  registries: OperationRegistries;
}

export interface RunContext<Subject, Prepared> extends OperationRegistries {
  operationId: string;
  subject: Subject;
  /** The operation that it takes back. */
  undoes: string | undefined;
  prepared: Prepared | undefined;
  /** Mark of this process. */
  owner: Pick<ProcessMark, 'text'>;
  now: () => Date;
  signal: AbortSignal;
  /** Resolves when all that was kept outlives a power cut: waited for before something is changed that can be taken back. */
  durable: () => Promise<void>;
  /** What counts more than steps; `moved` is called at each change. */
  measure: (meter: Meter) => void;
  moved: () => void;
}

/** Counts what an operation moves. */
export interface Meter {
  /** @param running the speed is reported only then */
  read(running: boolean): OperationProgress;
  details(): OperationDetails;
}

interface UndoneOperation<Subject> {
  id: string;
  subject: Subject;
}

export interface PlanContext extends CallOptions {
  /** Flags of the command line. */
  access: PlaceAccess;
  at(place: AnyPlace, access: PlaceAccess['target']): Promise<PlaceHandle>;
  /** Its steps, with what became of each, some at a time. */
  steps(): AsyncIterable<readonly JournalStep[]>;
  /** What the operation did to tags, in order, some at a time. */
  changes(): AsyncIterable<readonly KeptTagChange[]>;
  /** The manifests that it took from a repository, or took tags away from, some at a time. */
  trashed(repository: string): AsyncIterable<readonly TrashedManifest[]>;
  /** Whether a blob was kept, so that it can be sent where the registry has it no more. */
  isKept(digest: string): Promise<boolean>;
}

/** A plan as its kind makes it. */
export interface Planned<Subject = unknown, Summary = unknown, Prepared = unknown> {
  kind: string;
  subject: Subject;
  summary: Summary;
  needsConsent: boolean;
  /** All states that items may have; counted, also where there is none. */
  states: readonly string[];
  items: Iterable<NewPlanItem>;
  /** What `check` compares with the registry; JSON, kept with the plan. */
  basis?: unknown;
  /** What saves `check` and `run` requests while this process lives. */
  prepared?: Prepared;
  registries: OperationRegistries;
  undoes?: string;
  /** Of an undo: garbage collection took all that would come back. */
  lost?: boolean;
}
