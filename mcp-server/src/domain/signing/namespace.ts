/** Separates our signatures from all others that the same key makes (threat model: reused signatures). */
export const NAMESPACE = 'countersign-approval-v1';
