/** Events are decisions, results and transitions; what is larger is evidence (docs/ledger.md). */
export const MAX_EVENT_BYTES = 64 * 1024;
