/** The repository's policy, at its root. Apart from its schema, so that who needs the name alone loads no schema. */
export const POLICY_FILE = 'countersign.yaml';
