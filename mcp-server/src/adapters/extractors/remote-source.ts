/** A source outside the repository: its host, what is fetched, and the ref that fixes it. */
export interface RemoteBase {
  host: string;
  source: string;
  ref?: string;
}

const schemeHost = /^(?:git::)?(?:https?|ssh|oci|git):\/\/(?:[^/@]*@)?([^/:]+)/;
const scpHost = /^git@([^:/]+)[:/]/;
const bareHost = /^((?:[\w-]+\.)+[a-z]{2,})\/[^/]+\/[^/]+/;
// A folder may be called like a host; what ends like a file is one.
const fileEnding = /\.(?:ya?ml|json)$/;

/** Reads a base that lies elsewhere: a URL, an scp-like address, or `host/owner/repo//folder?ref=v1`; undefined for a local path. */
export function remoteBase(text: string): RemoteBase | undefined {
  const host =
    schemeHost.exec(text)?.[1] ??
    scpHost.exec(text)?.[1] ??
    (fileEnding.test(text) && !text.includes('?') ? undefined : bareHost.exec(text)?.[1]);
  if (host === undefined) return undefined;
  const query = text.indexOf('?');
  const source = (query < 0 ? text : text.slice(0, query)).replace(/\/\/[^/@]*@/, '//');
  const ref =
    /[?&](?:ref|version)=([^&\s]+)/.exec(text)?.[1] ?? /\/(v?\d+\.\d+[\w.-]*|[0-9a-f]{40})\//.exec(source)?.[1];
  return ref === undefined ? { host, source } : { host, source, ref };
}
