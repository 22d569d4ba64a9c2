/** What the scenario in the real client needs, bundled for it by scripts/load-ts.mjs. */
export { DELIVERY } from '../helpers/stand.ts';
export { ATTACKS } from './attacks.ts';
export { fillIn } from './perform.ts';
export { setScene } from './scene.ts';
