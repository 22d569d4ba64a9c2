import { describe, expect, it } from 'vitest';
import { planted, plants } from './planted.ts';

const text = (settings: unknown) => JSON.stringify(settings);

describe('settings of the client plant', () => {
  it.each<[unknown, string[]]>([
    [{ hooks: { Elicitation: [{ x: 1 }] } }, ['hooks.Elicitation = [{"x":1}]']],
    [{ hooks: { ElicitationResult: {} } }, ['hooks.ElicitationResult = {}']],
    [{ disableAllHooks: true }, ['disableAllHooks = true']],
    [{ disableAllHooks: 'yes' }, ['disableAllHooks = "yes"']],
    [{ enabledPlugins: { 'countersign@x': false } }, ['enabledPlugins.countersign@x = false']],
    [{ enabledPlugins: { countersign: null } }, ['enabledPlugins.countersign = null']],
    [
      { env: { CLAUDECODE: '', CLAUDE_PLUGIN_ROOT: '/x', PATH: '/y' } },
      ['env.CLAUDECODE = ""', 'env.CLAUDE_PLUGIN_ROOT = "/x"'],
    ],
    [
      { env: { CLAUDE_CODE_ENTRYPOINT: 'cli', CLAUDE_PLUGIN_DATA: 'd' } },
      ['env.CLAUDE_CODE_ENTRYPOINT = "cli"', 'env.CLAUDE_PLUGIN_DATA = "d"'],
    ],
  ])('with %j', (settings, expected) => expect(plants(text(settings))).toEqual(expected));

  it.each([
    {},
    [],
    null,
    'Elicitation',
    { hooks: { Elicitation: [] } },
    { hooks: { PreToolUse: [{ x: 'Elicitation' }] } },
    { hooks: null, env: 'CLAUDECODE' },
    { disableAllHooks: false },
    { enabledPlugins: { 'countersign@x': true, 'countersigner@x': false, other: false } },
    { env: { MY_CLAUDECODE: '1' } },
  ])('nothing with %j', (settings) => expect(plants(text(settings))).toEqual([]));

  it('what their names say, where they are no JSON, also with letters written as escapes', () => {
    expect(plants('{ "hooks": { "Elicitation": [], } // Elicitation')).toEqual(['Elicitation']);
    expect(plants('{ "hooks": { "\\u0045licitationResult": 1, }')).toEqual(['ElicitationResult']);
    expect(plants('disableAllHooks CLAUDECODE CLAUDE_CODE_ENTRYPOINT CLAUDE_PLUGIN_DATA CLAUDE_PLUGIN_ROOT,')).toEqual([
      'disableAllHooks',
      'CLAUDECODE',
      'CLAUDE_CODE_ENTRYPOINT',
      'CLAUDE_PLUGIN_DATA',
      'CLAUDE_PLUGIN_ROOT',
    ]);
    expect(plants('"countersign@market": false,')).toEqual(['countersign@market": false']);
    expect(plants('"countersign@market": true,')).toEqual([]);
  });
});

describe('a change of settings', () => {
  const hook = (command: string) => text({ hooks: { Elicitation: [{ command }] }, env: { CLAUDECODE: command } });

  it('plants what was not there before, by its place', () => {
    expect(planted(undefined, hook('a'))).toEqual(['hooks.Elicitation', 'env.CLAUDECODE']);
    expect(planted(hook('a'), hook('a'))).toEqual([]);
    expect(planted(hook('a'), hook('b'))).toEqual(['hooks.Elicitation', 'env.CLAUDECODE']);
    expect(planted(text({ env: { CLAUDECODE: 'a' } }), hook('a'))).toEqual(['hooks.Elicitation']);
    expect(planted(hook('a'), '{}')).toEqual([]);
  });
});
