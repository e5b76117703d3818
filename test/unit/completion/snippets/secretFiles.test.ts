import { describe, expect, it } from 'vitest';
import { mayHoldSecrets } from '../../../../src/completion/snippets/secretFiles';

describe('mayHoldSecrets', () => {
  it.each([
    '.env',
    'app/.env.production',
    'deploy\\prod.env',
    'certs/server.KEY',
    'server.pem',
    '.ssh/config',
    'home/.aws/credentials',
    'id_ed25519',
    '.npmrc',
    'config/secrets.yaml',
    'service-account-prod.json',
  ])('keeps %s out', (path) => {
    expect(mayHoldSecrets({ path, text: '' })).toBe(true);
  });

  it.each(['src/environment.ts', 'src/secrets.ts', 'keyboard.ts', 'auth.ts', 'docs/env.md', 'src/token.rs', 'README'])(
    'lets %s in',
    (path) => {
      expect(mayHoldSecrets({ path, text: 'const key = process.env.KEY;' })).toBe(false);
    },
  );

  it('keeps a file with a private key in it out, whatever its name', () => {
    for (const kind of ['', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED ']) {
      expect(mayHoldSecrets({ path: 'a.ts', text: `x\n-----BEGIN ${kind}PRIVATE KEY-----\n` })).toBe(true);
    }
    expect(mayHoldSecrets({ path: 'a.asc.ts', text: '-----BEGIN PUBLIC KEY-----' })).toBe(false);
  });
});
