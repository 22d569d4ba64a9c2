import { describe, expect, it } from 'vitest';
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

  it('[R-RULE-13] sets what later decisions have to be only with a value that exists', () => {
    for (const about of ['track:light', 'track:strict', 'risk:low', 'risk:destructive', 'policy:current'])
      expect(standsAlone(about)).toBe(true);
    for (const about of ['track:low', 'risk:light', 'policy:old', 'stage:light', 'deploy:current', 'track:'])
      expect(standsAlone(about)).toBe(false);
  });
});
