/**
 * The subject that ends a delivery. Approved, it owns no paths any more, its files may change, and nothing of it waits;
 * its record stays and is verified. Revoking the approval brings it back.
 */
export const RETIRE = 'retire:delivery';
