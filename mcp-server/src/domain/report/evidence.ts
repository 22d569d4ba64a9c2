/** The text that lies under a hash in the evidence folder; undefined where it is not there. */
export type EvidenceText = (sha256: string) => string | undefined;

/** Output of a run as the page quotes it. */
export interface RunOutput {
  script: string;
  /** What was expected and not met. */
  unmet: string[];
  stdout: string;
  stderr: string;
  /** Whether the evidence holds more than is quoted here. */
  cut: boolean;
}

/** Longest part of one stream that is quoted, in characters; the evidence file holds the rest. */
const QUOTED = 1200;

/** Reads the evidence of a run. Undefined for what is none, whatever lies there: it is data of others. */
export function runOutput(text: string | undefined): RunOutput | undefined {
  const run = parse(text);
  if (run?.['schema'] !== 'countersign/check-run@1') return undefined;
  const [script, stdout, stderr] = [run['script'], textOf(run['stdout']), textOf(run['stderr'])].map(asText);
  const unmet = Array.isArray(run['unmet']) ? run['unmet'].map(asText).map(start) : [];
  return {
    script: start(script!),
    unmet,
    stdout: start(stdout!),
    stderr: start(stderr!),
    cut: [script, stdout, stderr].some((one) => one!.length > QUOTED),
  };
}

/** A JSON object from text; undefined for anything else. */
export function parse(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (stream: unknown) => (stream as { text?: unknown } | undefined | null)?.text;
const asText = (value: unknown) => (typeof value === 'string' ? value : '');
const start = (text: string) => text.slice(0, QUOTED);
