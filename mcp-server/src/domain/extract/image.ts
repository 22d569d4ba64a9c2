/** A container image reference, as the distribution specification spells it: `[registry/]repository[:tag][@digest]`. */
export interface ImageReference {
  registry: string;
  repository: string;
  tag?: string;
  digest?: string;
  /** A digest, or a tag that says a version; undefined when a variable decides. */
  pinned?: boolean;
  /** The reference holds a variable or template: `$TAG`, `${TAG}`, `{{ tag }}`. */
  dynamic: boolean;
}

/**
 * Reads an image reference. A first part without a dot, a colon or `localhost` belongs to docker.io, as the client has it.
 * A tag without a digit (latest, stable, alpine, none) moves; it is not pinned.
 */
export function parseImage(text: string): ImageReference {
  const reference = text.trim();
  const dynamic = /\$|\{\{|<%/.test(reference);
  const at = reference.indexOf('@');
  const digest = at >= 0 ? reference.slice(at + 1) : undefined;
  const bare = at >= 0 ? reference.slice(0, at) : reference;
  const colon = tagColon(bare);
  const tag = colon >= 0 ? bare.slice(colon + 1) : undefined;
  const path = colon >= 0 ? bare.slice(0, colon) : bare;
  const slash = firstSlash(path);
  const first = slash > 0 ? path.slice(0, slash) : '';
  const hasRegistry = slash > 0 && (first === 'localhost' || /[.:]/.test(first) || /\$|\{\{/.test(first));
  const pinned =
    digest !== undefined && !/\$|\{\{/.test(digest) ? true : dynamic ? undefined : tag !== undefined && /\d/.test(tag);
  return {
    registry: hasRegistry ? first : 'docker.io',
    repository: hasRegistry ? path.slice(slash + 1) : path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    ...(pinned === undefined ? {} : { pinned }),
    dynamic,
  };
}

/** The slash that ends the first part: outside `${...}` and `{{ ... }}`, whose defaults may hold some. */
function firstSlash(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (char === '/' && depth <= 0) return at;
  }
  return -1;
}

/** The colon that starts the tag: outside `${...}` and `{{ ... }}`, and not the one of a registry's port. */
function tagColon(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text[at];
    if (char === '}') depth++;
    else if (char === '{') depth--;
    else if (depth === 0 && char === '/') return -1;
    else if (depth === 0 && char === ':') return at;
  }
  return -1;
}
