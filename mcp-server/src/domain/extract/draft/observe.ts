import { folderOf } from '../build.ts';
import type { ExtractReport } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import type { Unit } from './units.ts';

/** Shell commands that print what a component does or offers, without touching anything; and what that is called. */
export interface Observation {
  pins: string;
  commands: string[];
  /** What has to be installed where the check runs, beyond a shell and git. */
  needs?: string[];
}

/** @param at a path of the tree as the project sees it, quoted for a shell */
type Observe = (unit: Unit, at: (path: string) => string, report: ExtractReport) => Observation | undefined;

/** By kind first, then by format: what of each can be seen without a target, an account or a network. */
const observers: { readonly [kindOrFormat: string]: Observe } = {
  playbook,
  ansible: playbook,
  role: ({ files }, at) => {
    const declared = files.filter((file) => /(?:^|\/)(?:defaults|vars)\/[^/]+\.ya?ml$/.test(file));
    const acting = files.filter((file) => /(?:^|\/)(?:tasks|handlers)\/.*\.ya?ml$/.test(file));
    return {
      pins: 'the variables that it declares and the tasks and handlers that it names, in their order',
      commands: [
        ...declared.map((file) => `sed -nE 's/^([A-Za-z_][A-Za-z0-9_]*):.*/\\1/p' ${at(file)}`),
        ...acting.map((file) => `grep -E '^ *(- )?name:' ${at(file)} || true`),
      ],
    };
  },
  module: ({ files }, at) => ({
    pins: 'the variables, outputs, resources and modules that it declares',
    commands: [
      `cat ${files.map(at).join(' ')} | grep -E '^(variable|output|resource|data|module|provider|check) ' | sort`,
    ],
  }),
  chart: ({ key }, at, report) => {
    const folder = key.replace(/\/$/, '');
    const needs = report.facts.some(
      (fact) => fact.format === 'helm' && fact.scope === folder && fact.attributes['kind'] === 'dependency',
    );
    // Rendering a chart with dependencies would first have to fetch them.
    return needs
      ? { pins: 'its default values', commands: [`helm show values ${at(folder)}`], needs: ['helm'] }
      : {
          pins: 'what it renders with its default values',
          commands: [`helm template pinned ${at(folder)}`],
          needs: ['helm'],
        };
  },
  kustomize: ({ files }, at) => ({
    pins: 'the objects that it renders',
    commands: files
      .filter((file) => /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(file))
      .map((file) => `kubectl kustomize ${at(folderOf(file))}`),
    needs: ['kubectl'],
  }),
  kubernetes: ({ files }, at) => ({
    pins: 'the objects that it declares',
    commands: [
      `grep -hE '^(kind|  name|  namespace):' ${
        // A long list is no command: a folder of manifests is applied as one thing, and looked at as one.
        files.length > mostFiles ? `${at(folderOf(files[0]!))}/*.y*ml` : files.map(at).join(' ')
      }`,
    ],
  }),
  compose: ({ files }, at) => ({
    pins: 'the composition as it is resolved',
    commands: files.map((file) => `docker compose -f ${at(file)} config --no-interpolate --no-path-resolution`),
    needs: ['docker compose'],
  }),
  script,
  shell: script,
  make: ({ files }, at) => ({
    pins: 'the commands that a dry run of its first target prints',
    commands: files
      .filter((file) => /(?:^|\/)(?:GNU)?[Mm]akefile$/.test(file))
      .map((file) => `make -n -B --no-print-directory -C ${at(folderOf(file))}`),
    needs: ['make'],
  }),
  dockerfile: ({ files }, at) => ({
    pins: 'its base images, arguments, ports, user and commands',
    commands: files.map(
      (file) => `grep -iE '^(FROM|ARG|ENV|EXPOSE|USER|WORKDIR|HEALTHCHECK|ENTRYPOINT|CMD) ' ${at(file)} || true`,
    ),
  }),
  'github-actions': definition,
  'gitlab-ci': definition,
  jenkins: definition,
};

function playbook({ files }: Unit, at: (path: string) => string, report: ExtractReport): Observation {
  const playing = new Set(report.facts.filter(({ kind }) => kind === 'play').map(({ evidence }) => evidence[0]?.path));
  return {
    pins: 'its syntax, and the plays, tasks and tags that a run would go through',
    commands: files
      .filter((file) => playing.has(file))
      .map((file) => `ansible-playbook -i localhost, --list-tasks --list-tags ${at(file)}`),
    needs: ['ansible-playbook', ...collectionsOf(report)],
  };
}

/** Collections whose modules the tasks call: without them no playbook can be read. */
function collectionsOf({ facts }: ExtractReport): string[] {
  const found = new Set<string>();
  for (const { format, attributes } of facts) {
    const [, collection] = format === 'ansible' ? (/^(\w+\.\w+)\.\w+$/.exec(String(attributes['module'])) ?? []) : [];
    if (collection !== undefined && collection !== 'ansible.builtin') found.add(collection);
  }
  return [...found].sort(byCodeUnits).slice(0, 8);
}

function script({ files }: Unit, at: (path: string) => string, report: ExtractReport): Observation {
  const arePure = files.every((file) => isPure(file, report));
  return {
    pins: arePure ? 'its syntax and its output' : 'its syntax, functions and inputs',
    commands: files.flatMap((file) => [
      `bash -n ${at(file)}`,
      isPure(file, report)
        ? `bash ${at(file)}`
        : `grep -oE '^[[:space:]]*(function +)?[A-Za-z_][A-Za-z0-9_-]* *\\(\\)|\\$\\{[A-Za-z0-9_]+:?[?-][^}]*\\}|\\$[1-9]|getopts +[^ ;]+' ${at(file)} || true`,
    ]),
  };
}

/** A pipeline is its definition: everything in it but comments and blank lines. */
function definition({ files }: Unit, at: (path: string) => string): Observation {
  return {
    pins: 'its definition, comments aside',
    commands: files.map((file) => `grep -vE '^[[:space:]]*(#|//|$)' ${at(file)}`),
  };
}

function isPure(file: string, report: ExtractReport): boolean {
  return report.facts.some(
    ({ kind, format, attributes, evidence }) =>
      format === 'shell' && kind === 'entrypoint' && attributes['pure'] === true && evidence[0]?.path === file,
  );
}

/** What can be seen of a component; undefined for kinds of which nothing is known, and for more files than a check should name. */
export function observationOf(
  unit: Unit,
  at: (path: string) => string,
  report: ExtractReport,
): Observation | undefined {
  if (unit.files.length > mostFiles && unit.format !== 'kubernetes') return undefined;
  const found = (observers[unit.kind] ?? observers[unit.format])?.(unit, at, report);
  return found === undefined || found.commands.length === 0 ? undefined : found;
}

const mostFiles = 60;
