import type { HookApi } from './api.ts';

/** What the hook itself is too small for: use cases and all that they read with. Loaded only when a hook needs it. */
export const loadApi = (): Promise<HookApi> => import('./api.ts');
