import type { ContextFile } from '../../protocol/documentContext';

/**
 * Names of files that hold secrets by convention, after the list that Continue keeps out of its index
 * (continuedev/continue, core/indexing/ignore.ts), cut to the ones with secrets.
 */
const secretNames: readonly RegExp[] = [
  /^\.env(?:\..+)?$/,
  /\.(?:env|key|pem|p12|pfx|p8|crt|cer|der|jks|keystore|truststore|ppk|gpg|asc|kdbx|secret|secrets|token|credentials)$/,
  /^(?:id_rsa|id_dsa|id_ecdsa|id_ed25519)(?:\.pub)?$/,
  /^\.(?:npmrc|pypirc|netrc|pgpass|htpasswd|git-credentials|dockercfg|boto)$/,
  /^(?:credentials|secrets?|passwords?|auth)(?:\.(?:json|ya?ml|toml|ini|txt|cfg))?$/,
  /^(?:service-?account|client_secret)[\w.-]*\.json$/,
];
const secretFolders = /(?:^|\/)\.(?:ssh|aws|gnupg|azure|gcloud|kube|docker)\//;
const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----/;

/** Whether a file may hold secrets, by its path or by a private key in its text; such a file never enters a prompt. */
export function mayHoldSecrets({ path, text }: ContextFile): boolean {
  const normal = path.replaceAll('\\', '/').toLowerCase();
  const name = normal.slice(normal.lastIndexOf('/') + 1);
  return secretFolders.test(normal) || secretNames.some((pattern) => pattern.test(name)) || privateKey.test(text);
}
