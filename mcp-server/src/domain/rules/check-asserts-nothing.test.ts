import { describe, expect, it } from 'vitest';
import { checkAssertsNothing } from './check-asserts-nothing.ts';
import { ruleInput } from './rule.ts';

function found(command: string, expectation?: string, method = 'command') {
  const expectations = expectation === undefined ? '' : `- Expect: ${expectation}\n`;
  const design = `## Verification\n\n### CHK-1: A\n\n- Method: ${method}\n${expectations}\n\`\`\`sh\n${command}\n\`\`\`\n`;
  const input = ruleInput({ 'design.md': design }, { platform: undefined, stated: new Map() });
  return checkAssertsNothing.check(input, { rules: [], found: [] });
}

const finding = (line: number) => ({
  path: 'design.md',
  line,
  message: 'CHK-1 passes whatever the automation does',
  fix: 'run what was built and let its exit, its output or a file decide',
});

describe('a check whose exit decides', () => {
  it.each([
    'true',
    ':',
    'exit',
    'exit 0',
    'exit 17',
    'set -eu',
    'set +x',
    'cd',
    'cd /srv/app',
    'sleep 5',
    'export A=1',
    'A=1',
    'A=',
    'echo a; printf b && true',
    'echo "$(run)"',
    'echo \\\n  done',
    'run || true',
    'run ||   :',
    'run || exit 0',
    'run || true # whatever',
    '# run\n\n  true  ',
    'true #',
    ' ; ;; ',
  ])('asserts nothing with %j', (command) => {
    expect(found(command)).toEqual([finding(7)]);
    expect(found(command, 'exit 0')).toEqual([finding(8)]);
  });

  it.each([
    'run',
    'true\nrun',
    'run; true',
    'run && echo ok',
    'trueish',
    'not true',
    'echoes',
    'my-echo a',
    'echo a | grep b',
    'echo a > file',
    'cat < <(echo a)',
    'exit x',
    'exit 1x',
    'reset -x',
    'set x',
    'acd b',
    'cdr',
    'sleep 5 5',
    'export A=$(run)',
    'export A=`run`',
    'export A=a|run',
    'A=$(run)',
    'A=`run`',
    'A=1 run',
    'run || truely',
    'run || exit 01',
    'run || true || false',
    'run a#b',
  ])('may fail with %j', (command) => {
    expect(found(command)).toEqual([]);
    expect(found(command, 'exit 0')).toEqual([]);
  });

  it('is looked at only where its method is a command', () => {
    expect(found('true', undefined, 'manual')).toEqual([]);
  });
});

describe('a check whose output decides', () => {
  it.each(['echo ok', 'printf ok', 'true', 'A=ok\necho ok', 'echo ok # $A', 'cd $HOME\necho ok'])(
    'asserts nothing where %j prints a constant',
    (command) => {
      expect(found(command, 'stdout contains ok')).toEqual([finding(8)]);
      expect(found(command, 'stderr matches /^o/')).toEqual([finding(8)]);
    },
  );

  it.each(['echo $A', 'echo `run`', 'echo ok | run', 'run', 'echo ok\nrun', 'run || true'])(
    'may fail where %j prints what it found',
    (command) => {
      expect(found(command, 'stdout contains ok')).toEqual([]);
      expect(found(command, 'stderr matches /^O/i')).toEqual([]);
    },
  );

  it('asserts nothing with a pattern that the empty output meets', () => {
    expect(found('echo $A', 'stdout matches /^$|a/')).toEqual([finding(8)]);
    expect(found('echo $A', 'stdout matches /^$|a/\n- Expect: stdout contains a')).toEqual([]);
  });
});

it.each(['file out.txt exists', 'file out.txt contains ok', 'something unreadable', 'stdout matches /(/'])(
  'a check that expects %j is not one that asserts nothing',
  (expectation) => {
    expect(found('true', expectation)).toEqual([]);
    expect(found('true', `exit 0\n- Expect: ${expectation}`)).toEqual([]);
  },
);
