import en from "./en.json" with { type: "json" };

export type Key = keyof typeof en;
export type Params = Record<string, string | number>;

const words: Record<string, string> = en;

/** The words of a key, with {names} filled in. Where `count` is 1 and the words have a "_one" form, that is used. */
export function t(key: Key, params: Params = {}): string {
  const form = params.count === 1 && `${key}_one` in words ? `${key}_one` : key;
  return fill(words[form] ?? key, params);
}

/** The same for keys made at run time, as for codes that the server sends; `otherwise` is used for unknown ones. */
export function tCode(prefix: string, code: string, otherwise: Key, params: Params = {}): string {
  const key = `${prefix}.${code}`;
  return key in words ? t(key as Key, params) : t(otherwise, { ...params, code });
}

function fill(sentence: string, params: Params): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
