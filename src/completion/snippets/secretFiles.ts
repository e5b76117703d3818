/**
 * Files that hold secrets by convention: environments, keys, certificates, credentials. The one list of them: glob patterns of
 * VS Code, each beginning with a double star, so that they fit whole and relative paths. The categories are those of Continue's
 * list (continuedev/continue, core/indexing/ignore.ts), cut to the files with secrets.
 *
 * Code that is only named after secrets (`secrets.py`, `auth.ts`, `credentials.go`) is let in: nearly always it is the code
 * that reads or checks them, and a value that is written into it would stand in a file of any other name as well; what gives
 * such a value away is its text (`holdsSecret`). Data of these names (`secrets.yaml`, `auth.json`) is the secret itself.
 * Public keys (`id_rsa.pub`) are no secret, but their comment names the user and the machine, and a model learns nothing from
 * the rest: they stay out. So do the templates of environments (`.env.example`), which real values slip into.
 */
export const secretFilePatterns: readonly string[] = [
  '**/.env',
  '**/.env.*',
  '**/*.env',
  '**/.envrc',
  '**/*.{pem,key,crt,cer,csr,der,p7b,p8,p12,pkcs12,pfx,jks,keystore,truststore,keytab}',
  '**/*.{asc,gpg,pgp,kdb,kdbx,ppk,ovpn,agekey}',
  '**/id_{rsa,dsa,ecdsa,ecdsa_sk,ed25519,ed25519_sk}',
  '**/id_{rsa,dsa,ecdsa,ecdsa_sk,ed25519,ed25519_sk}.pub',
  '**/*.{secret,secrets,token,credentials}',
  '**/.{ssh,gnupg,aws,azure,gcp,gcloud,kube}/**',
  '**/.config/{gcloud,gh}/**',
  '**/.docker/config.json',
  '**/{.netrc,_netrc,.pgpass,pgpass.conf,.my.cnf,.mylogin.cnf,.npmrc,.pypirc,.git-credentials,.htpasswd}',
  '**/{.dockercfg,.dockerconfigjson,.boto,.s3cfg,.vault-token,.vault_pass,.terraformrc,rclone.conf}',
  '**/.m2/settings.xml',
  '**/.gradle/gradle.properties',
  '**/{wp-config.php,local.settings.json}',
  '**/{kubeconfig,*.kubeconfig}',
  '**/{credentials,credential,secrets,secret,passwords,password,passwd,auth}',
  '**/{credentials,credential,secrets,secret,passwords,password,passwd,auth}.{json,yaml,yml,toml,ini,cfg,conf,txt,csv,xml,properties,plist}',
  '**/*{credential,service-account,service_account,serviceaccount,client_secret,client-secret}*.json',
  '**/*.{tfstate,tfvars}',
  '**/*.{tfstate,tfvars}.*',
];

/** Texts that are a secret wherever they stand: private keys, and tokens whose makers gave them a form to be found by. */
const secretTexts: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/,
  // GitHub: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
  /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})/,
  /\bglpat-[\w-]{20}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bpypi-AgEIcHlwaS5vcmc[\w-]{50,}/,
  /\bxox[abprs]-[0-9A-Za-z-]{20,}/,
  /\bsk_live_[0-9A-Za-z]{24,}/,
];

const secretPath = new RegExp(`^(?:${secretFilePatterns.map(globSource).join('|')})$`, 'i');

/**
 * Whether a file may hold secrets, by its name. Capitals do not count.
 * @param path whole or relative, with slashes or backslashes.
 */
export function isSecretPath(path: string): boolean {
  return secretPath.test(path.replaceAll('\\', '/'));
}

/** Whether a text has a private key or an access token in it. */
export function holdsSecret(text: string): boolean {
  return secretTexts.some((pattern) => pattern.test(text));
}

/** A glob pattern as a regular expression, of what the list above is written in; VS Code's own matcher is not at hand here. */
function globSource(glob: string): string {
  const sources: Readonly<Record<string, string>> = {
    '**/': '(?:.*/)?',
    '**': '.*',
    '*': '[^/]*',
    '{': '(?:',
    '}': ')',
    ',': '|',
  };
  return glob.replace(/\*\*\/|\*\*|[*{},]|[.+?^$()|[\]\\]/g, (part) => sources[part] ?? `\\${part}`);
}
