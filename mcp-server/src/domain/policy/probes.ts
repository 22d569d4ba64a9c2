import * as z from 'zod';

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable');
const label = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens');
/** A program must not take it for an option. */
const word = z.string().regex(/^[^-\s\0][^\0]*$/, 'must not be empty, nor start with a hyphen');
const inProject = word.refine(
  (path) => !path.startsWith('/') && !path.split('/').includes('..'),
  'must be a path inside the project',
);

/** Kinds of systems that are asked over HTTP; `get` is any other one, through declared questions. */
export const SYSTEM_KINDS = ['awx', 'gitlab', 'itential', 'netbox', 'openapi', 'servicenow', 'get'] as const;

/** One question to a system without a probe of its own. */
const declaredGet = z.strictObject({
  fact: label,
  /** Path below the system's URL. */
  path: z.string().regex(/^\/[^\s]*$/, 'must start with /'),
  /** JSON pointer (RFC 6901) into the answer; without it, an answer is enough. */
  pointer: z
    .string()
    .regex(/^(?:\/.*)?$/, 'must be empty or start with /')
    .optional(),
});

/** Systems are named with their addresses and the names of variables that hold credentials; never with the credentials. */
const system = z.strictObject({
  name: label,
  kind: z.enum(SYSTEM_KINDS),
  url: z.url({ protocol: /^https?$/ }).refine((url) => !/\/\/[^/]*@/.test(url), 'must not hold a user or a password'),
  /** Variable with a token. */
  'token-env': variable.optional(),
  /** Variables with a user's name and password, or a client's id and secret. */
  'user-env': variable.optional(),
  'password-env': variable.optional(),
  /** Header that carries the token, where it is not the usual one of the kind. */
  header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'is not the name of a header')
    .optional(),
  /** File with the certificates to trust, in PEM. */
  'ca-file': word.optional(),
  /** For kind get. */
  gets: z.array(declaredGet).optional(),
});
export type SystemSettings = z.infer<typeof system>;

const names = z.array(word).default([]);

/** The part of the policy that says what feasibility may look at. */
export const probesSchema = z
  .strictObject({
    /** Seconds that each probe may take. */
    timeout: z.number().min(1).max(300).default(20),
    /** Days after which a snapshot is old. */
    stale: z.int().min(1).max(3650).default(30),
    /** Probes that are not run. */
    off: z.array(label).default([]),
    /** Facts that answer a need, by the title of the system or capability: the rule that comes before all others. */
    match: z.record(z.string(), word).default({}),
    kubernetes: z
      .strictObject({
        /** Contexts to ask; without any, the current one. */
        contexts: names,
        /** Whether a kubeconfig may start programs to log in. */
        'exec-plugins': z.boolean().default(false),
      })
      .default({ contexts: [], 'exec-plugins': false }),
    ansible: z
      .strictObject({
        /** Inventories of the project. */
        inventories: z.array(inProject).default([]),
        /** Whether inventories may be programs or plug-ins that ask other systems. */
        'dynamic-inventories': z.boolean().default(false),
      })
      .default({ inventories: [], 'dynamic-inventories': false }),
    terraform: z
      .strictObject({
        /** Folders whose providers may be started to say what they offer. */
        schemas: z.array(inProject).default([]),
        /** Folders whose state may be read for the addresses in it. */
        states: z.array(inProject).default([]),
      })
      .default({ schemas: [], states: [] }),
    mcp: z
      .strictObject({
        /** Servers of .mcp.json that may be started, or connected to. */
        servers: names,
      })
      .default({ servers: [] }),
    ssh: z
      .strictObject({
        /** Hosts to log in to, as ssh takes them. */
        hosts: names,
      })
      .default({ hosts: [] }),
    clouds: z
      .strictObject({
        aws: z
          .strictObject({
            /** Regions whose quotas are asked for. */
            regions: names,
            /** Services whose quotas are asked for, by their codes. */
            services: z.array(word).default(['ec2', 'vpc']),
            /** Actions that the account may have to take, such as `ec2:CreateVpc`. */
            actions: names,
          })
          .prefault({}),
        /** Regions whose quotas are asked for. */
        azure: z.strictObject({ regions: names }).prefault({}),
        /** Regions whose quotas are asked for. */
        google: z.strictObject({ regions: names }).prefault({}),
      })
      .prefault({}),
    systems: z.array(system).default([]),
  })
  .prefault({});
export type ProbeSettings = z.infer<typeof probesSchema>;

const parts = probesSchema.unwrap().shape;
/** The keys that are known at each place below `probes`, for the message about one that is not. */
export const PROBE_KEYS: Record<string, readonly string[]> = {
  probes: Object.keys(parts),
  'probes.kubernetes': Object.keys(parts.kubernetes.unwrap().shape),
  'probes.ansible': Object.keys(parts.ansible.unwrap().shape),
  'probes.terraform': Object.keys(parts.terraform.unwrap().shape),
  'probes.mcp': Object.keys(parts.mcp.unwrap().shape),
  'probes.ssh': Object.keys(parts.ssh.unwrap().shape),
  'probes.clouds': Object.keys(parts.clouds.unwrap().shape),
  'probes.clouds.aws': Object.keys(parts.clouds.unwrap().shape.aws.unwrap().shape),
  'probes.clouds.azure': Object.keys(parts.clouds.unwrap().shape.azure.unwrap().shape),
  'probes.clouds.google': Object.keys(parts.clouds.unwrap().shape.google.unwrap().shape),
  'probes.systems': Object.keys(system.shape),
  'probes.systems.gets': Object.keys(declaredGet.shape),
};
