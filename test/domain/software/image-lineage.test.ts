import { describe, expect, it } from 'vitest';
import { lostAssociations } from '#domain/software/image-lineage.ts';
import { anImage } from '../../builders.ts';

function image(imageId: string, copiedFrom: string | null, ...licenseConfigurationArns: string[]) {
  return anImage({ imageId, copiedFrom, licenseConfigurationArns });
}

describe('lostAssociations', () => {
  it('names what a copy, and a copy of it, no longer has', () => {
    const images = [
      image('ami-1', null, 'sql', 'windows'),
      image('ami-2', 'ami-1', 'windows'),
      image('ami-3', 'ami-2'),
    ];

    expect(lostAssociations(images)).toEqual(
      new Map([
        ['ami-2', ['sql']],
        ['ami-3', ['windows', 'sql']],
      ]),
    );
  });

  it('has nothing to say of copies that were associated again, of gone origins and of circles', () => {
    const images = [
      image('ami-1', null, 'sql'),
      image('ami-2', 'ami-1', 'sql'),
      image('ami-3', 'ami-gone'),
      image('ami-4', 'ami-5'),
      image('ami-5', 'ami-4'),
    ];

    expect(lostAssociations(images)).toEqual(new Map());
  });
});
