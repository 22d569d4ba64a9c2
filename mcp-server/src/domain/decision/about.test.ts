import { describe, expect, it } from 'vitest';
import { RETIRE } from '../retired.ts';
import { aboutOf, parseAbout, standsAlone } from './about.ts';

describe('what a subject is about', () => {
  it('may be typed as a stage alone', () => {
    expect(aboutOf('design')).toBe('stage:design');
    expect(aboutOf('as-built')).toBe('stage:as-built');
    expect(aboutOf('stage:design')).toBe('stage:design');
    expect(aboutOf('track:light')).toBe('track:light');
    expect(aboutOf('designs')).toBe('designs');
  });

  it('is a kind and a name, which may hold colons', () => {
    expect(parseAbout('deploy:prod')).toEqual({ kind: 'deploy', name: 'prod' });
    expect(parseAbout('drift:a:b')).toEqual({ kind: 'drift', name: 'a:b' });
  });

  it.each([
    ['break-glass:1', true],
    ['break-glass:123456', true],
    ['break-glass:0', false],
    ['break-glass:01', false],
    ['break-glass:1234567', false],
    ['break-glass:x1', false],
    ['break-glass:1x', false],
    ['change:1', false],
    [RETIRE, true],
    [`${RETIRE}s`, false],
  ])('%s stands alone: %s', (about, alone) => expect(standsAlone(about)).toBe(alone));

  it('[R-RULE-13] sets what later decisions have to be only with a value that exists', () => {
    for (const about of ['track:light', 'track:strict', 'risk:low', 'risk:destructive', 'policy:current'])
      expect(standsAlone(about)).toBe(true);
    for (const about of ['track:low', 'risk:light', 'policy:old', 'stage:light', 'deploy:current', 'track:'])
      expect(standsAlone(about)).toBe(false);
  });
});
