import { type JsonObject, listOf, objectOf, textOf } from '../model/json-fields.ts';
import type { Statement } from '../model/statement.ts';
import { topicOfPredicate } from './topic.ts';

/** Characters of one claim that are kept. */
const CLAIM_MAX = 1_000;
/** Materials that are looked through for what was built from. */
const MATERIALS_MAX = 1_000;

/** What a statement says in words of its own, read out of its predicate. Every one is a claim and none is verified. */
export interface Claims {
  /** Who or what built it. */
  builder?: string;
  buildType?: string;
  /** Where it was built from, and the commit of it. */
  source?: string;
  commit?: string;
  /** The recipe within the source: a Dockerfile, a workflow. */
  entryPoint?: string;
  started?: string;
  finished?: string;
  /** What looked for vulnerabilities or made the list of packages. */
  tool?: string;
  /** How many vulnerabilities a scan lists. */
  findings?: number;
}

const claim = (value: unknown): string | undefined => textOf(value, CLAIM_MAX);

/** Undefined fields left out. */
function defined(claims: { [Name in keyof Claims]: Claims[Name] | undefined }): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

export function claimsOf({
  predicateType,
  predicate,
}: Pick<Statement, 'predicateType' | 'predicate'>): Claims {
  switch (topicOfPredicate(predicateType).topic) {
    case 'provenance':
      return predicate.buildDefinition === undefined ? provenance02(predicate) : provenance1(predicate);
    case 'scan':
      return scan(predicate);
    case 'sbom':
      return sbom(predicate);
    case 'verification':
      return defined({
        tool: claim(objectOf(predicate.verifier).id),
        finished: claim(predicate.timeVerified),
      });
    default:
      return {};
  }
}

/** @see SLSA, "Provenance v0.2" (v0.1 has a recipe in the place of the invocation) */
function provenance02(predicate: JsonObject): Claims {
  const { builder, buildType, invocation, recipe, materials } = predicate;
  const metadata = objectOf(predicate.metadata);
  const config = objectOf(objectOf(invocation).configSource);
  const vcs = vcsOf(metadata['https://mobyproject.org/buildkit@v1#metadata']);
  const made = listOf(materials)[Number(objectOf(recipe).definedInMaterial ?? -1)];
  const source = vcs.source ?? claim(config.uri) ?? claim(objectOf(made).uri) ?? sourceAmong(materials);
  return defined({
    builder: claim(objectOf(builder).id),
    buildType: claim(buildType) ?? claim(objectOf(recipe).type),
    source,
    commit: vcs.commit ?? commitOf(config) ?? commitOf(made) ?? commitAmong(materials, source),
    entryPoint: claim(config.entryPoint) ?? claim(objectOf(recipe).entryPoint),
    started: claim(metadata.buildStartedOn),
    finished: claim(metadata.buildFinishedOn),
  });
}

/** @see SLSA, "Provenance v1" */
function provenance1(predicate: JsonObject): Claims {
  const { buildType, externalParameters, resolvedDependencies } = objectOf(predicate.buildDefinition);
  const details = objectOf(predicate.runDetails);
  const metadata = objectOf(details.metadata);
  const parameters = objectOf(externalParameters);
  const workflow = objectOf(parameters.workflow);
  const config = objectOf(parameters.configSource);
  const vcs = vcsOf(metadata.buildkit_metadata);
  const source =
    vcs.source ??
    claim(workflow.repository) ??
    claim(config.uri) ??
    claim(parameters.source) ??
    claim(objectOf(parameters.source).uri) ??
    sourceAmong(resolvedDependencies);
  return defined({
    builder: claim(objectOf(details.builder).id),
    buildType: claim(buildType),
    source,
    commit: vcs.commit ?? commitOf(config) ?? commitAmong(resolvedDependencies, source),
    entryPoint: claim(workflow.path) ?? claim(config.path) ?? claim(config.entryPoint),
    started: claim(metadata.startedOn),
    finished: claim(metadata.finishedOn),
  });
}

/** What BuildKit knows of a local context. */
function vcsOf(metadata: unknown): { source?: string; commit?: string } {
  const { source, revision } = objectOf(objectOf(metadata).vcs);
  return defined({ source: claim(source), commit: claim(revision) });
}

const commitOf = (material: unknown): string | undefined => {
  const { digest } = objectOf(material);
  const { gitCommit, sha1 } = objectOf(digest);
  return claim(gitCommit) ?? claim(sha1);
};

/** A material that is a repository of source text and no image or package. */
const isRepository = (uri: string): boolean => /^git\+|\.git\b|^git:/.test(uri);

function sourceAmong(materials: unknown): string | undefined {
  return listOf(materials)
    .slice(0, MATERIALS_MAX)
    .map((material) => claim(objectOf(material).uri))
    .find((uri) => uri !== undefined && isRepository(uri));
}

/** Of the material that is the source: it may be named with another scheme or without its branch. */
function commitAmong(materials: unknown, source: string | undefined): string | undefined {
  const repository = source && bare(source);
  const found = listOf(materials)
    .slice(0, MATERIALS_MAX)
    .find((material) => {
      const uri = claim(objectOf(material).uri);
      return uri !== undefined && commitOf(material) !== undefined && bare(uri) === repository;
    });
  return commitOf(found);
}

const bare = (uri: string): string => uri.replace(/^git\+/, '').replace(/(?:\.git)?(?:[@#].*)?$/, '');

/** @see cosign, "Vulnerability scan record"; in-toto, "vulns predicate" */
function scan({ scanner, metadata }: JsonObject): Claims {
  const { uri, version, result } = objectOf(scanner);
  const times = objectOf(metadata);
  const name = claim(uri);
  const release = claim(version);
  return defined({
    tool: name !== undefined && release !== undefined ? `${name} ${release}` : (name ?? release),
    findings: Array.isArray(result) ? result.length : undefined,
    started: claim(times.scanStartedOn),
    finished: claim(times.scanFinishedOn),
  });
}

/** Of SPDX 2 and CycloneDX. */
function sbom({ creationInfo, metadata }: JsonObject): Claims {
  const { creators, created } = objectOf(creationInfo);
  const { timestamp } = objectOf(metadata);
  const maker = listOf(creators).find((each) => typeof each === 'string' && each.startsWith('Tool: '));
  return defined({
    tool: claim(maker)?.slice('Tool: '.length),
    finished: claim(created) ?? claim(timestamp),
  });
}
