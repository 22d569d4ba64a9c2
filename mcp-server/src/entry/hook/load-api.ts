import type { HookApi } from './api.ts';

/** The CLI bundle beside this program: it holds what the hook itself is too small for. */
export async function loadApi(): Promise<HookApi> {
  const bundle = (await import(new URL('./cli.mjs', import.meta.url).href)) as { hookApi: () => Promise<HookApi> };
  return bundle.hookApi();
}
