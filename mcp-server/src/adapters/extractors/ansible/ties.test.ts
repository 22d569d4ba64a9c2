import { describe, expect, it } from 'vitest';
import { hostOf } from './ties.ts';

describe('hostOf', () => {
  it.each([
    ['https://api.example.com/v1', 'api.example.com'],
    ['http://user@netbox.lan:8000/api', 'netbox.lan'],
    ['https://10.0.0.1/{{ path }}', '10.0.0.1'],
    ['https://cp-{{ region }}.example.com/servers', 'example.com'],
    ['https://{{ name }}.api.example.com', 'api.example.com'],
    ['https://vault.{{ domain }}:8200/v1', 'domain'],
    ['{{ base_url }}/api', 'base_url'],
    ['https://{{ hostvars[inventory_hostname].address }}/', 'hostvars'],
    ['/var/lib/file', undefined],
    ['', undefined],
  ])('of %j is %j', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  it('reads a long address once', () => {
    expect(hostOf(`https://${'{{ a }}'.repeat(20_000)}`)).toBe('a');
    expect(hostOf(`https://${'a.'.repeat(50_000)}`)).toHaveLength(100_000);
  });
});
