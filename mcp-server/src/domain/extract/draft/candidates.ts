import type { Fact } from '../contract.ts';

/** Files that may be meant where it is decided at run time; none where nothing of the name is written down, which any file would fit. */
export function candidatesOf({ status, attributes: { candidates, target } }: Fact): string[] {
  if (status !== 'unresolved' || !Array.isArray(candidates)) return [];
  const written = typeof target === 'string' ? target.replace(/\{\{.*?\}\}|\$\{[^}]*\}|\$\w+/gs, '') : 'known';
  return /\w{3}/.test(written.replace(/\.\w+$/, '')) ? candidates.map(String) : [];
}
