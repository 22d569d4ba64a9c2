import type { CheckedSignature } from '../../domain/decision/assurance.ts';

/** A private key as `ssh-keygen` takes it, and what is known of it. */
export interface SigningKey {
  path: string;
  /** Whether ssh-agent holds it, open to everything that runs as this user. */
  inAgent: boolean;
}

export interface Signatures {
  /** Checks an armoured signature over a message. */
  check(message: string, armored: string): CheckedSignature;
  /** Signs with `ssh-keygen -Y sign`, which asks for passphrase or touch on the terminal; as a decision, where no namespace is named. */
  sign(message: string, key: string, namespace?: string): Promise<string>;
  /** The key of `--key`, of policy, or of git's user.signingkey when gpg.format is ssh; undefined when there is none. */
  findKey(named: string | undefined, policy: string | undefined): Promise<SigningKey | undefined>;
  /** Public key of a private key: type and base64. */
  publicKey(key: string): Promise<string>;
}

/** Who may sign: the repository's files, and what a person accepted on this machine. */
export interface SignerTrust {
  /** Text of deliveries/allowed_signers. */
  file(): string | undefined;
  writeFile(text: string): void;
  /** Text of deliveries/revoked_keys. */
  revokedFile(): string | undefined;
  /** What was accepted for this repository, kept outside it. */
  pinned(): Pinned | undefined;
  pin(accepted: Pinned): void;
}

/** Texts of the two files as a person accepted them. */
export interface Pinned {
  signers: string;
  revoked: string;
}
