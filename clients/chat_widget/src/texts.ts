/** The words of one language, as `languages/NAME.json` holds them. A number picks the "_one" form by the language's own rules. */
export class Texts {
  readonly #words: Record<string, string>;
  readonly #rules: Intl.PluralRules;
  readonly language: string;

  constructor(words: Record<string, string>, language: string) {
    this.#words = words;
    this.language = supported(language);
    this.#rules = new Intl.PluralRules(this.language);
  }

  get direction(): string {
    return this.#words.direction === "rtl" ? "rtl" : "ltr";
  }

  /** The words that are not needed for the first paint. Raises TypeError where they cannot be had just now. */
  async fetchLater(): Promise<void> {
    if ("later_end" in this.#words) return;
    const answer = await fetch(`${import.meta.env.BASE_URL}languages/${this.#words.code}.later.json`);
    Object.assign(this.#words, await answer.json());
  }

  has(key: string): boolean {
    return key in this.#words;
  }

  say(key: string, given: Record<string, string | number> = {}): string {
    const form = typeof given.count === "number" ? `${key}_${this.#rules.select(given.count)}` : key;
    const words = this.#words[form] ?? this.#words[key] ?? key;
    return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
  }

  time(at: string | undefined): string {
    const when = at ? new Date(at) : new Date();
    // As the agents' console writes it; a language that names its country writes it as that country does.
    const usual = this.language === "en" ? "en-GB" : this.language;
    return when.toLocaleTimeString(usual, { hour: "2-digit", minute: "2-digit" });
  }
}

function supported(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en";
  }
}
