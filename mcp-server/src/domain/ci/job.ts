import { Document } from 'yaml';
import type { Design } from '../artifact/design.ts';
import { configurationOf, environmentsOf, type Variable } from './configuration.ts';
import { inMarkers } from './markers.ts';
import { line } from './shell-text.ts';
import { type Step, stepsOf } from './steps.ts';

export const CI_TARGETS = ['github', 'gitlab'] as const;
export type CiTarget = (typeof CI_TARGETS)[number];

/** A file that `ci` writes, as it has to be. */
export interface CiFile {
  path: string;
  text: string;
}

/** The commit of the verifier: a job that fetched whatever is newest would prove nothing. */
const VERIFIER: Variable = {
  name: 'COUNTERSIGN_COMMIT',
  required: true,
  format: '40 hex digits',
  fallback: '',
  secret: false,
  meaning: 'the commit of the verifier, the full id of a release',
  line: 0,
};

/**
 * The files of a delivery's job: the pipeline, and examples of the environment. Same design, same bytes.
 *
 * @param present what stands at a path now; what is outside the markers stays
 */
export function ciFiles(
  id: string,
  design: Design,
  target: CiTarget,
  present: (path: string) => string | undefined,
): { files: CiFile[]; unusable: { name: string; line: number }[] } {
  const { variables, unusable } = configurationOf(design);
  const own = variables.filter(({ name }) => name !== VERIFIER.name);
  const pipeline = target === 'github' ? github(id, design, own) : gitlab(id, design, own);
  const files = [
    {
      path: pipeline.path,
      text: inMarkers(present(pipeline.path) ?? pipeline.around, id, pipeline.block, pipeline.indent),
    },
    ...['.env.example', ...environmentsOf(design).map((name) => `${name}.env`)].map((name) => {
      const path = `env/${id}/${name}`;
      const around = `# Values of ${name === '.env.example' ? 'an environment' : line(name)}: set them below the markers, where they stay.\n`;
      return { path, text: inMarkers(present(path) ?? around, id, environment(own), 0) };
    }),
  ];
  return { files, unusable };
}

interface Pipeline {
  path: string;
  /** The file around the block, where there is none yet. */
  around: string;
  block: string;
  indent: number;
}

function github(id: string, design: Design, variables: readonly Variable[]): Pipeline {
  const all = [...variables, VERIFIER];
  // As variables of the environment, never inside a script: their values are data.
  const env = Object.fromEntries(
    all.map(({ name, secret }) => [name, `\${{ ${secret ? 'secrets' : 'vars'}.${name} }}`]),
  );
  const verify = verifyScript('"$RUNNER_TEMP/countersign"', 'BASE_REF', '');
  const steps = stepsOf(design, all, verify).map(({ name, script }) => ({ name: inert(name), run: inert(script) }));
  const job = {
    'runs-on': 'ubuntu-latest',
    env: { ...env, BASE_REF: '${{ github.base_ref }}' },
    defaults: { run: { shell: 'bash' } },
    steps: [{ uses: 'actions/checkout@v4', with: { 'fetch-depth': 0, 'persist-credentials': false } }, ...steps],
  };
  return {
    path: `.github/workflows/countersign-${id}.yml`,
    around: `name: countersign ${id}\non:\n  pull_request:\npermissions:\n  contents: read\njobs:\n`,
    block: yaml({ [`countersign-${id}`]: job }),
    indent: 2,
  };
}

/** GitHub expands its expressions in a script before the shell sees it: what opens one in the design is written as text. */
const inert = (text: string) => text.replaceAll('${{', "${{ '${{' }}");

function gitlab(id: string, design: Design, variables: readonly Variable[]): Pipeline {
  const all = [...variables, VERIFIER];
  const base = 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME';
  const verify = verifyScript('/tmp/countersign', base, `git fetch --quiet origin "$${base}"`);
  const script = stepsOf(design, all, verify).map(inSubshell);
  const job = {
    image: 'node:22',
    rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
    variables: { GIT_DEPTH: '0' },
    script,
  };
  return {
    path: `.gitlab/countersign-${id}.yml`,
    around: `# Used by .gitlab-ci.yml: include: [{ local: .gitlab/countersign-${id}.yml }]\n`,
    block: yaml({ [`countersign-${id}`]: job }),
    indent: 0,
  };
}

/** All lines of a job run in one shell there: a step keeps what it sets to itself. */
const inSubshell = ({ name, script }: Step) => `( # ${name}\n${script}\n)`;

/** Fetches the verifier at its commit, and judges the change by the branch that it wants into, where there is one. */
function verifyScript(folder: string, base: string, fetch: string): string {
  return [
    `git clone --quiet https://github.com/countersign/countersign.git ${folder}`,
    `git -C ${folder} checkout --quiet "$COUNTERSIGN_COMMIT"`,
    `if [ -n "\${${base}:-}" ]; then`,
    ...(fetch === '' ? [] : [`  ${fetch}`]),
    `  node ${folder}/mcp-server/dist/cli.mjs verify --trust-from "origin/$${base}"`,
    'else',
    `  node ${folder}/mcp-server/dist/cli.mjs verify`,
    'fi',
  ].join('\n');
}

function yaml(value: object): string {
  return new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
}

/** Lines of an env file. A secret has none: its place is the secret store. */
function environment(variables: readonly Variable[]): string {
  const lines = variables.map(({ name, required, format, fallback, secret, meaning }) => {
    const said = line([required ? 'required' : 'optional', format, meaning].filter((text) => text !== '').join('; '));
    if (secret) return `# ${name} (secret, ${said}): kept in the secret store of each environment`;
    const value = /^[\w@%+=:,./-]*$/.test(fallback) ? fallback : `"${line(fallback).replace(/["\\$`]/g, '\\$&')}"`;
    return `# ${said}\n${name}=${value}`;
  });
  return `${lines.join('\n')}\n`;
}
