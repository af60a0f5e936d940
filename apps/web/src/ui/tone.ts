/** How it stands with something: all is well, look at it, it is broken, or there is nothing to judge. */
export type Tone = 'good' | 'warn' | 'alarm' | 'quiet';
