// Words of scripts, translated where the page carries Django's catalogue of them. {name} stands for a parameter.
type Gettext = (text: string) => string;

export function t(text: string, params: Record<string, string | number> = {}): string {
  const gettext = (globalThis as { gettext?: Gettext }).gettext;
  return (gettext?.(text) ?? text).replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
