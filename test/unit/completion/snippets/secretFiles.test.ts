import { describe, expect, it } from 'vitest';
import { holdsSecret, isSecretPath } from '../../../../src/completion/snippets/secretFiles';
import { secretPaths, usualPaths } from '../../../support/secretPaths';

describe('isSecretPath', () => {
  it.each(secretPaths)('keeps %s out', (path) => expect(isSecretPath(path)).toBe(true));
  it.each(usualPaths)('lets %s in', (path) => expect(isSecretPath(path)).toBe(false));

  it('knows whole paths, backslashes and capitals', () => {
    for (const path of [
      '/home/me/w/.env',
      'deploy\\prod.env',
      'C:\\w\\.ssh\\config',
      'certs/server.KEY',
      '.ENV',
      'ID_RSA',
    ])
      expect(isSecretPath(path)).toBe(true);
  });
});

describe('holdsSecret', () => {
  it('finds private keys', () => {
    for (const kind of ['', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED '])
      expect(holdsSecret(`x\n-----BEGIN ${kind}PRIVATE KEY-----\n`)).toBe(true);
    expect(holdsSecret('-----BEGIN PGP PRIVATE KEY BLOCK-----')).toBe(true);
  });

  // In two pieces, so that nothing that looks through repositories takes them for real ones.
  it.each([
    ['ghp', `_${'a1B2'.repeat(9)}`],
    ['github', `_pat_${'a1B2_'.repeat(14)}`],
    ['glpat', `-${'x1_-y'.repeat(4)}`],
    ['npm', `_${'Zz09'.repeat(9)}`],
    ['pypi', `-AgEIcHlwaS5vcmc${'Ab-_'.repeat(15)}`],
    ['xoxb', `-${'12345678-'.repeat(3)}`],
    ['sk', `_live_${'a1B2'.repeat(6)}`],
  ])('finds access tokens that begin with %s', (start, rest) => {
    expect(holdsSecret(`token = "${start}${rest}"`)).toBe(true);
  });

  it('takes no other text for a secret', () => {
    for (const text of [
      '-----BEGIN PUBLIC KEY-----',
      '-----BEGIN CERTIFICATE-----',
      'const key = process.env.KEY;',
      'npm_config_registry',
      'ghp_short',
      'xoxb-token',
    ])
      expect(holdsSecret(text)).toBe(false);
  });
});
