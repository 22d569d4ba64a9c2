import type { Field } from '../artifact/fields.ts';

/** How a command check is run, where the design says more than the command. */
export interface CheckSettings {
  /** Folder in the project; `.` is the root. */
  folder: string;
  /** Seconds; undefined leaves it to policy. */
  seconds: number | undefined;
  /** Variables that are set. */
  environment: Readonly<Record<string, string>>;
}

/** Longest time that a check may ask for. */
export const MOST_SECONDS = 3600;

/** `90 s`, `2 minutes`; milliseconds, or metres, are none. */
const LIMIT = /^(\d{1,5})\s*(s|m)(?:(?<=s)ec(?:ond)?s?|(?<=m)in(?:ute)?s?)?$/i;

/** Reads Folder, Time limit and Variables of a check, with what is wrong in them. */
export function readSettings(
  fields: ReadonlyMap<string, Field>,
): CheckSettings & { problems: { line: number; text: string }[] } {
  const problems: { line: number; text: string }[] = [];
  const folderField = fields.get('folder');
  const folder = (folderField?.value ?? '.').replace(/^\.\//, '').replace(/\/+$/, '') || '.';
  if (/^(?:\/|[A-Za-z]:|~)|(?:^|\/)\.\.(?:\/|$)|\0|^deliveries(?:\/|$)/.test(folder))
    problems.push({ line: folderField!.line, text: `${JSON.stringify(folder)} is no folder that a check runs in` });
  const limitField = fields.get('time limit');
  const limit = limitField === undefined ? undefined : LIMIT.exec(limitField.value);
  const seconds = limit ? Number(limit[1]) * (limit[2]!.toLowerCase() === 'm' ? 60 : 1) : undefined;
  if (limitField !== undefined && (seconds === undefined || seconds < 1 || seconds > MOST_SECONDS))
    problems.push({ line: limitField.line, text: `${JSON.stringify(limitField.value)} is no time from 1 s to 60 min` });
  const environment: Record<string, string> = {};
  const variables = fields.get('variables');
  variables?.values.forEach((text, at) => {
    const found = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text);
    if (found === null)
      problems.push({
        line: variables.valueLines[at] ?? variables.line,
        text: `${JSON.stringify(text)} is no NAME=value`,
      });
    else environment[found[1]!] = found[2]!;
  });
  return { folder, seconds, environment, problems };
}
