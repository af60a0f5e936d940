import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCESSIBILITY } from '@floorwatch/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAccessibility } from './accessibility-file.ts';

describe('what counts as accessible', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'floorwatch-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const fileOf = (text: string): string => {
    const path = join(folder, 'accessibility.json');
    writeFileSync(path, text);
    return path;
  };

  it('is the default where no file is named', () => {
    expect(readAccessibility(null)).toBe(ACCESSIBILITY);
  });

  it('is what the file says, and the default for what it leaves out', () => {
    const path = fileOf('{ "available": "accessible", "training": "ignored" }');
    expect(readAccessibility(path)).toEqual({ ...ACCESSIBILITY, available: 'accessible', training: 'ignored' });
  });

  it.each([
    ['{ "lunch": "accessible" }', /lunch.*it maps notResponding, ready/s],
    ['{ "meal": "maybe" }', /meal.*accessible.*inaccessible.*ignored/s],
    ['[]', /ACCESSIBILITY_FILE .*it maps/s],
    ['{ meal', /ACCESSIBILITY_FILE cannot be read as JSON/],
  ])('is refused at the start where the file says %s', (text, problem) => {
    expect(() => readAccessibility(fileOf(text))).toThrow(problem);
  });

  it('is refused where there is no such file', () => {
    expect(() => readAccessibility(join(folder, 'nowhere.json'))).toThrow(/ACCESSIBILITY_FILE cannot be read/);
  });
});
