import { type Claim, type Conflict, conflictsOf } from '../build/claims.ts';
import { isElsewhere } from '../build/paths.ts';
import type { Place, Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const components = (...paths: string[]) => ({
  'design.md': `## Components\n\n${paths.map((path, at) => `### CMP-${at + 1}: A\n\n- Paths: ${path}\n`).join('\n')}`,
});

export const pathClaimedTwice: Rule = {
  id: 'path-claimed-twice',
  severity: 'warning',
  summary: 'A path belongs to one component, so that a change of a file leads to one owner.',
  examples: [
    {
      title: 'paths beside one another',
      artifacts: components('greet.py, greet/', 'greet_test.py', 'docs/*.md', 'docs/img/'),
      reports: [],
    },
    { title: 'the same file', artifacts: components('greet.py', './greet.py'), reports: [9] },
    { title: 'a file in a folder', artifacts: components('roles/vlan/tasks/main.yml', 'roles/vlan/'), reports: [5] },
    { title: 'a file that a pattern matches', artifacts: components('src/**/*.py', 'src/net/ports.py'), reports: [9] },
    { title: 'a pattern within a folder', artifacts: components('src/', 'src/net/*.py'), reports: [9] },
    {
      title: 'a folder that two repositories have',
      artifacts: components('lib/', 'https://git.example.net/a@1f'),
      reports: [],
    },
  ],
  check({ design }) {
    const claims = (design?.components ?? []).flatMap(({ id, paths, fields, line }) =>
      paths
        .filter((path) => !isElsewhere(path))
        .map((path): Claim => ({ owner: id, line: fields.get('paths')?.line ?? line, path })),
    );
    return conflictsOf(claims).map((one) => place(design!.path, one));
  },
};

function place(path: string, { claim, other, same }: Conflict<Claim>): Place {
  return {
    path,
    line: claim.line,
    message: `${claim.owner} claims ${quoted(claim.path)}, ${same ? 'and so does' : 'which is inside what'} ${other.owner}${same ? '' : ` claims with ${quoted(other.path)}`}`,
    fix: 'leave it to one of them; the other may depend on that component',
  };
}
