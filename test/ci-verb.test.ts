import { expect, it } from 'vitest';
import { project } from './helpers/project.ts';

const DESIGN = `---
countersign: design/1
---

## Verification

### CHK-1: Greets

- Criterion: AC-1.1
- Method: command

\`\`\`sh
echo hello
\`\`\`

## Configuration

| Name | Required | Format | Default | Secret | Meaning |
| --- | --- | --- | --- | --- | --- |
| AUTHOR | yes | text | Ada | no | who wrote it |
`;

it('countersign ci writes a job once, keeps edits around it, and says what is missing', () => {
  const work = project();
  work.cli('new', 'greeter');
  expect(work.json('ci', 'greeter', '--target', 'github')).toMatchObject({ exit: 2, error: { code: 'no-design' } });
  work.write('deliveries/greeter/design.md', DESIGN);
  expect(work.json('ci', 'greeter', '--target', 'jenkins')).toMatchObject({
    exit: 2,
    error: { code: 'unknown-target' },
  });
  const job = '.github/workflows/countersign-greeter.yml';
  expect(work.json('ci', 'greeter', '--target', 'github')['written']).toEqual([job, 'env/greeter/.env.example']);
  work.write(job, `${work.read(job)}\n  lint:\n    runs-on: ubuntu-latest\n`);
  work.write('deliveries/greeter/design.md', DESIGN.replace('echo hello', 'echo hi'));
  expect(work.json('ci', 'greeter', '--target', 'github')['written']).toEqual([job]);
  expect(work.read(job)).toContain("sh -c 'echo hi'");
  expect(work.read(job)).toMatch(/\n {2}lint:\n {4}runs-on: ubuntu-latest\n$/);
  expect(work.json('ci', 'greeter', '--target', 'github')['written']).toEqual([]);
});
