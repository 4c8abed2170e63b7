// Passkeys as our server speaks of them (JSON, base64url) and as the browser does (buffers).
// `evalFirst` asks the passkey's PRF extension for a secret bound to those bytes; see docs/job-file.md.
export interface Proof {
  credentialId: string;
  prf: Uint8Array | null;
  answer: Record<string, unknown>;
}

interface PrfResults { prf?: { enabled?: boolean; results?: { first?: BufferSource } } }
type Json = Record<string, any>;

export const passkeysWork = typeof PublicKeyCredential !== "undefined";

/** Makes a passkey from the server's options. Throws DOMException when the person declines. */
export async function makeCredential(options: Json, evalFirst?: Uint8Array): Promise<Proof> {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(described),
    extensions: extensions(options, evalFirst),
  } as Json as PublicKeyCredentialCreationOptions;
  const made = await navigator.credentials.create({ publicKey }) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return proof(made, {
    attestationObject: text(response.attestationObject),
    clientDataJSON: text(response.clientDataJSON),
    transports: response.getTransports?.() ?? [],
  });
}

/** Proves possession of a passkey. Throws DOMException when the person declines. */
export async function useCredential(options: Json, evalFirst?: Uint8Array): Promise<Proof> {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(described),
    extensions: extensions(options, evalFirst),
  } as Json as PublicKeyCredentialRequestOptions;
  const used = await navigator.credentials.get({ publicKey }) as PublicKeyCredential;
  const response = used.response as AuthenticatorAssertionResponse;
  return proof(used, {
    authenticatorData: text(response.authenticatorData),
    clientDataJSON: text(response.clientDataJSON),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  });
}

function proof(credential: PublicKeyCredential, response: Json): Proof {
  const results = credential.getClientExtensionResults() as PrfResults;
  const first = results.prf?.results?.first;
  return {
    credentialId: credential.id,
    prf: first ? asBytes(first) : null,
    answer: {
      id: credential.id,
      rawId: credential.id,
      type: credential.type,
      response,
      // The secret itself never leaves the browser: only whether the passkey can make one.
      clientExtensionResults: { prf: { enabled: results.prf?.enabled ?? first !== undefined } },
    },
  };
}

function extensions(options: Json, evalFirst?: Uint8Array): Json {
  return { ...options.extensions, prf: evalFirst ? { eval: { first: evalFirst } } : {} };
}

function described(each: Json): Json {
  return { ...each, id: bytes(each.id) };
}

function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  const plain = atob(encoded.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function asBytes(source: BufferSource): Uint8Array {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}
