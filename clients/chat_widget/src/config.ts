/** What the server writes into the frame's page; see `frame_config` in the product's `visitor/showing.py`. */
export interface Config {
  key: string;
  m: string;
  online: boolean;
  merchant: string;
  /** path of the merchant's logo, "" without one */
  logo: string;
  notice: string;
  notice_url: string;
  greeting: string;
  prechat: { ask_name: boolean; ask_email: boolean; required: boolean };
  theme: { theme: string; colour: string };
  language: string;
  texts: Record<string, string>;
  /** whether the business takes text messages */
  texting: boolean;
  /** bytes; 0 where no pictures are taken */
  max_file: number;
}
