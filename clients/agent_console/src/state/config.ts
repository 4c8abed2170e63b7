/** What the page was given by the server. */

export interface Config {
  /** Hosts of the business's own sites, and of the listing sites that it is on. */
  hosts: string[];
}

export const config: Config = { hosts: [], ...read() };

function read(): Partial<Config> {
  try {
    return JSON.parse(document.getElementById("config")?.textContent ?? "{}") as Partial<Config>;
  } catch {
    return {};
  }
}
