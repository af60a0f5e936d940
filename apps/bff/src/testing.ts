export { askEverything } from './scopes/ask-everything.fake.ts';
export { DividedFloor, LivePage, type SomeAgent } from './scopes/divided-floor.fake.ts';
export { leaksIn } from './scopes/leaks-in.fake.ts';
export { closeTheStore, type Browser, type PersonaName } from './sessions/signed-in-floor.fake.ts';
