const email = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}\b/g;
const phone = /(?<![\w.])\+\d{1,3}[ ()/-]?\d{1,5}(?:[ ()/-]{0,2}\d{2,5}){2,4}(?![\w.])/g;
const home = /((?:^|[\s"'=:(])\/(?:home|Users)\/)([^/\s"':]{1,64})/g;

/**
 * Replaces what tells a person by what tells them apart: `[email 1]`, `[phone 1]`, `/home/[user 1]`. The same text gets the
 * same stand-in, so that what belongs together can still be seen. Names of people have no shape and stay.
 */
export function pseudonyms(): (text: string) => string {
  const known = new Map<string, string>();
  const counts = { email: 0, phone: 0, user: 0 };
  const standIn = (kind: keyof typeof counts, text: string) => {
    const key = `${kind} ${text.toLowerCase()}`;
    let name = known.get(key);
    if (name === undefined) {
      name = `[${kind} ${++counts[kind]}]`;
      known.set(key, name);
    }
    return name;
  };
  return (text) =>
    text
      .replace(email, (found) => standIn('email', found))
      .replace(phone, (found) => standIn('phone', found))
      .replace(home, (whole, before: string, user: string) =>
        user === 'root' ? whole : `${before}${standIn('user', user)}`,
      );
}
