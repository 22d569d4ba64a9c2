import { isElsewhere } from '../build/paths.ts';
import type { Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const component = (paths: string) => ({
  'design.md': `## Components\n\n### CMP-1: A\n\n- Action: build\n- Paths: ${paths}\n`,
});

export const componentPath: Rule = {
  id: 'component-path',
  severity: 'error',
  mandatory: true,
  summary:
    'The paths of a component are relative to the project, stay inside it, use "/", and leave the deliveries alone.',
  examples: [
    {
      title: 'a file, a folder, globs, and a file in another repository',
      artifacts: component(
        'greet.py, `roles/vlan/`, tests/**/*.py, ./Makefile, https://git.example.net/net/lib@4f2a91c',
      ),
      reports: [],
    },
    {
      title: 'an absolute path and one of Windows',
      artifacts: component('/etc/hosts, C:/tools/a.ps1'),
      reports: [6, 6],
    },
    {
      title: 'a path that leaves the project',
      artifacts: component('../shared/a.py, src/../../b.py'),
      reports: [6, 6],
    },
    { title: 'backslashes', artifacts: component('`roles\\vlan\\tasks.yml`'), reports: [6] },
    { title: 'the record itself', artifacts: component('deliveries/dns/notes.md, .git/hooks/'), reports: [6, 6] },
    { title: 'everything', artifacts: component('`**`, .'), reports: [6, 6] },
  ],
  check: ({ design }) =>
    (design?.components ?? []).flatMap((component) =>
      component.paths.flatMap((pattern) => {
        const problem = problemOf(pattern);
        if (problem === undefined) return [];
        const line = component.fields.get('paths')?.line ?? component.line;
        return [
          { path: design!.path, line, message: `${component.id}: ${quoted(pattern)} ${problem[0]}`, fix: problem[1] },
        ];
      }),
    ),
};

function problemOf(pattern: string): [message: string, fix: string] | undefined {
  if (isElsewhere(pattern)) return undefined;
  const relative = 'write it relative to the project';
  if (pattern.includes('\\')) return ['has a backslash', 'separate folders with "/"'];
  if (/^(?:\/|~|[A-Za-z]:)/.test(pattern)) return ['is not relative', relative];
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return ['may leave the project', `${relative}, without ".."`];
  if (parts[0]?.toLowerCase() === 'deliveries' || parts[0]?.toLowerCase() === '.git')
    return ['belongs to the record, not to what is built', 'choose a path outside it'];
  if (parts.every((part) => /^\*+$/.test(part))) return ['claims the whole project', 'name the files or folders'];
  return undefined;
}
