import { RISKS } from '../policy/demand.ts';
import { RETIRE } from '../retired.ts';
import { isStage, TRACKS } from '../stage.ts';

/** What a subject is about, taken apart. */
export interface About {
  kind: string;
  name: string;
}

/** `design` and `stage:design` alike. */
export const aboutOf = (subject: string) => (isStage(subject) ? `stage:${subject}` : subject);

export function parseAbout(about: string): About {
  const at = about.indexOf(':');
  return { kind: about.slice(0, at), name: about.slice(at + 1) };
}

/** Subjects that change what later decisions have to be. */
function isSetting(about: string): boolean {
  const { kind, name } = parseAbout(about);
  if (kind === 'track') return (TRACKS as readonly string[]).includes(name);
  if (kind === 'risk') return (RISKS as readonly string[]).includes(name);
  return kind === 'policy' && name === 'current';
}

/** Subjects that are decided on by themselves, in no stage: settings, the end of a delivery, follow-ups of broken glass. */
export function standsAlone(about: string): boolean {
  const { kind, name } = parseAbout(about);
  if (about === RETIRE) return true;
  return isSetting(about) || (kind === 'break-glass' && /^[1-9]\d{0,5}$/.test(name));
}
