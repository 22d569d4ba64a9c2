import { type Found, isExact } from './dependency.ts';

const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*([^;#\s][^;#]*)?/;

/** requirements.txt, as PEP 508 and pip spell it; options and included files are none. */
export function pipDependencies(path: string, text: string): Found[] {
  return text.split('\n').flatMap((raw, at): Found[] => {
    const found = /^\s*[-#]/.test(raw) ? null : REQUIREMENT.exec(raw.trim());
    if (found === null) return [];
    const version = (found[2] ?? '').replace(/\\$/, '').trim();
    return [
      {
        kind: 'package',
        name: found[1]!,
        version,
        pinned: isExact(version),
        source: 'PyPI',
        licence: '',
        path,
        line: at + 1,
      },
    ];
  });
}
