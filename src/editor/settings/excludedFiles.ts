/**
 * Files that hold secrets more often than text to complete: environments, keys, certificates, credentials. Glob patterns of
 * VS Code, matched against the whole path; the categories are those of Continue's list (core/indexing/ignore.ts).
 */
export const defaultExcludedFiles: readonly string[] = [
  '**/.env',
  '**/.env.*',
  '**/*.env',
  '**/.envrc',
  '**/*.{pem,key,crt,cer,csr,der,p7b,p8,p12,pfx,jks,keystore,truststore}',
  '**/*.{asc,gpg,pgp,kdb,kdbx,ppk}',
  '**/id_{rsa,dsa,ecdsa,ed25519}',
  '**/.ssh/**',
  '**/.gnupg/**',
  '**/.aws/**',
  '**/.azure/**',
  '**/.gcp/**',
  '**/.kube/**',
  '**/.docker/config.json',
  '**/{.netrc,_netrc,.pgpass,.npmrc,.pypirc,.git-credentials,.htpasswd}',
  '**/{credentials,secrets}',
  '**/{credentials,secrets}.*',
  '**/*{credential,service-account,service_account}*.json',
  '**/*.{tfstate,tfvars}',
];
