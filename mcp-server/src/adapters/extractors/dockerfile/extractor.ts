import { type Arg, DockerfileParser, type Env, type From, type Instruction } from 'dockerfile-ast';
import { baseName, buildFile, type FileBuilder, type Span } from '../../../domain/extract/build.ts';
import type { Extractor, Fact, FileExtraction, SourceFile } from '../../../domain/extract/contract.ts';
import { imageFact } from '../../../domain/extract/image-fact.ts';
import { secretLiteral } from '../../../domain/extract/secret-shapes.ts';
import { fillIn } from './variables.ts';

const keywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const downloadToShell = /\b(?:curl|wget)\b[^|;&\n]*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:ba|z|da|k|a)?sh\b/;

/** Dockerfiles and Containerfiles (Dockerfile reference). The scope is the file's folder. */
export const dockerfile: Extractor = {
  format: 'dockerfile',
  matches(path) {
    const name = baseName(path);
    if (/\.(?:dockerignore|md|txt|j2|tmpl|tpl|erb|sh)$/i.test(name)) return false;
    return (
      /^(?:Dockerfile|Containerfile)(?:[._-].*)?$|^dockerfile$/.test(name) ||
      /\.(?:dockerfile|containerfile)$/i.test(name)
    );
  },
  extract,
};

/** What is known while the instructions go by. */
interface Progress {
  file: FileBuilder;
  /** Values of ARGs before the first FROM, the only ones that FROM sees. */
  globals: Map<string, string>;
  stages: Map<string, Fact>;
  /** The stage that is being built, with what its instructions say of it. */
  stage: { at: Span; from: From; user?: string; ports: string[]; healthcheck?: boolean } | undefined;
  stageCount: number;
}

function extract({ path, text }: SourceFile): FileExtraction {
  const file = buildFile('dockerfile', { path });
  const progress: Progress = { file, globals: new Map(), stages: new Map(), stage: undefined, stageCount: 0 };
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keywords.has(keyword)) handlers[keyword]?.(progress, instruction, spanOf(instruction));
    else file.skip('unparsed', spanOf(instruction).line);
  }
  closeStage(progress, true);
  return file.done();
}

type Handler = (progress: Progress, instruction: Instruction, at: Span) => void;

const handlers: { readonly [keyword: string]: Handler } = {
  FROM(progress, instruction, at) {
    closeStage(progress, false);
    progress.stage = { at, from: instruction as From, ports: [] };
  },
  ARG(progress, instruction, at) {
    const property = (instruction as Arg).getProperty();
    if (property === null) return;
    const name = property.getName();
    const fallback = property.getValue();
    if (progress.stage === undefined && fallback !== null) progress.globals.set(name, fallback);
    input(progress.file, 'ARG', name, fallback, at);
  },
  ENV(progress, instruction) {
    for (const property of (instruction as Env).getProperties()) {
      const range = property.getRange();
      const at = { line: range.start.line + 1, endLine: range.end.line + 1 };
      input(progress.file, 'ENV', property.getName(), property.getValue(), at);
    }
  },
  EXPOSE({ file, stage }, instruction, at) {
    for (const argument of instruction.getArguments()) {
      const port = argument.getValue();
      stage?.ports.push(port);
      file.fact({ kind: 'output', name: port, at, attributes: { port: true } });
    }
  },
  HEALTHCHECK({ file, stage }, instruction, at) {
    const command = instruction.getArgumentsContent() ?? '';
    const isNone = /^\s*NONE\s*$/i.test(command);
    if (stage !== undefined) stage.healthcheck = !isNone;
    if (!isNone) file.fact({ kind: 'check', name: instruction.getInstruction(), at, attributes: { command } });
  },
  USER({ stage }, instruction) {
    if (stage !== undefined) stage.user = instruction.getArgumentsContent() ?? '';
  },
  RUN({ file }, instruction, at) {
    const command = instruction.getRawArgumentsContent() ?? '';
    const pipesToShell = downloadToShell.test(command) ? true : undefined;
    const name = firstWords(command);
    if (name !== '') file.fact({ kind: 'step', name, at, attributes: { command, pipesToShell } });
  },
  COPY: copied,
  ADD: copied,
  ENTRYPOINT: started,
  CMD: started,
};

function copied({ file, stages }: Progress, instruction: Instruction, at: Span): void {
  const source = /(?:^|\s)--from=(\S+)/.exec(instruction.getArgumentsContent() ?? '')?.[1];
  if (source === undefined || stages.has(source.toLowerCase()) || /^\d+$/.test(source)) return;
  imageFact(file, source, at, { use: 'files' });
}

function started({ file }: Progress, instruction: Instruction, at: Span): void {
  const command = instruction.getArgumentsContent() ?? '';
  const name = /[^\s[\]",]+/.exec(command)?.[0];
  if (name !== undefined)
    file.fact({ kind: 'entrypoint', name, at, attributes: { by: instruction.getKeyword(), command } });
}

/** A build argument or environment variable: what whoever builds or runs the image may set. */
function input(file: FileBuilder, via: 'ARG' | 'ENV', name: string, value: string | null, at: Span): void {
  file.fact({
    kind: 'input',
    name,
    at,
    attributes: { via, required: via === 'ARG' && value === null, default: value ?? undefined },
  });
  if (value !== null && secretLiteral(name, value))
    file.secret({ name, class: 'password', line: at.line, endLine: at.endLine ?? at.line, value });
}

/** A stage is told once its last instruction went by: its user and health check are its own. */
function closeStage(progress: Progress, isFinal: boolean): void {
  const { file, stage, stages, globals } = progress;
  if (stage === undefined) return;
  const base = stage.from.getImage();
  if (base === null) {
    file.skip('unparsed', stage.at.line);
    return;
  }
  const alias = stage.from.getBuildStage();
  const earlier = stages.get(base.toLowerCase());
  const fact = file.fact({
    kind: 'stage',
    name: alias ?? base,
    at: stage.at,
    attributes: {
      base,
      position: progress.stageCount++,
      final: isFinal,
      user: stage.user,
      ports: stage.ports.length > 0 ? stage.ports : undefined,
      // Only what listens can be asked.
      healthcheck: stage.healthcheck ?? (isFinal && stage.ports.length > 0 ? false : undefined),
    },
  });
  if (alias !== null) stages.set(alias.toLowerCase(), fact);
  if (earlier !== undefined)
    file.refer(
      fact,
      'depends-on',
      { by: 'name', format: 'dockerfile', kinds: ['stage'], name: earlier.name, scope: file.scope },
      stage.at,
    );
  else if (base !== 'scratch') {
    const platform = stage.from.getPlatformFlag()?.getValue() ?? undefined;
    imageFact(file, base, stage.at, { use: 'base', platform, resolved: fillIn(base, globals) });
    file.refer(
      fact,
      'depends-on',
      { by: 'name', format: 'dockerfile', kinds: ['image'], name: base, scope: file.scope },
      stage.at,
    );
  }
}

function spanOf(instruction: Instruction): Span & { endLine: number } {
  const { start, end } = instruction.getRange();
  return { line: start.line + 1, endLine: end.line + 1 };
}

/** The start of a command as its name: one line, at most 60 characters, as it stands in the file. */
function firstWords(command: string): string {
  const line = command.split('\n', 1)[0] as string;
  return line
    .replace(/\\\s*$/, '')
    .slice(0, 60)
    .trim();
}
