import { describe, expect, it } from 'vitest';
import { fimTemplateOf } from '../../../src/model-store/fimTemplates';

const vocabulary =
  (...tokens: string[]) =>
  (token: string) =>
    tokens.includes(token);

describe('fimTemplateOf', () => {
  it('knows a family by the spelling of its tokens', () => {
    const qwen = fimTemplateOf(vocabulary('<|fim_suffix|>', '<|fim_prefix|>', '<|fim_middle|>', '<|im_end|>'), 'qwen');
    expect(qwen).toEqual({
      order: 'prefixFirst',
      tokens: { fimPrefix: '<|fim_prefix|>', fimSuffix: '<|fim_suffix|>', fimMiddle: '<|fim_middle|>' },
    });
    const deepSeek = fimTemplateOf(vocabulary('<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>'), 'deepseek-coder');
    expect(deepSeek?.tokens).toEqual({
      fimPrefix: '<｜fim▁begin｜>',
      fimSuffix: '<｜fim▁hole｜>',
      fimMiddle: '<｜fim▁end｜>',
    });
  });

  it('puts the suffix first for models that were trained so', () => {
    expect(fimTemplateOf(vocabulary('<[fim-prefix]>', '<[fim-suffix]>', '<[fim-middle]>'), 'seed')?.order).toBe(
      'suffixFirst',
    );
    const starCoder = vocabulary('<fim_prefix>', '<fim_suffix>', '<fim_middle>');
    expect(fimTemplateOf(starCoder, 'starcoder2-3b')?.order).toBe('prefixFirst');
    expect(fimTemplateOf(starCoder, 'JetBrains/Mellum-4b-base')?.order).toBe('suffixFirst');
  });

  it('has no template for a vocabulary without all three tokens, as the bundled model is', () => {
    expect(fimTemplateOf(vocabulary('<|endoftext|>', '<file_sep>', '<repo_name>'), 'smollm2-135m')).toBeUndefined();
    expect(fimTemplateOf(vocabulary('<fim_prefix>', '<fim_suffix>'), 'cut')).toBeUndefined();
  });
});
