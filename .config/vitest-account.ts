import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { AccountKeeper, complaint } from './test-account.ts';

/** Tells `npm test` what vitest found: tests, files and hooks that failed, and errors that belong to no test. */
export default class VitestAccount implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): Promise<void> {
    const keeper = new AccountKeeper();
    for (const module of modules) {
      const broken = [
        { name: '', errors: module.errors() },
        ...[...module.children.allSuites()].map((suite) => ({ name: suite.fullName, errors: suite.errors() })),
      ];
      for (const { name, errors } of broken)
        for (const error of errors) keeper.fail(complaint(whereOf(module, name), error));
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'failed') keeper.fail(complaint(whereOf(module, test.fullName), errors[0]));
        else if (state === 'pending') keeper.fail(`${whereOf(module, test.fullName)}\n    never came to an end`);
        else keeper.count(state);
      }
    }
    for (const error of unhandledErrors) keeper.fail(complaint('an error outside every test', error));
    await keeper.leave();
  }
}

const whereOf = (module: TestModule, name: string): string =>
  name === '' ? module.relativeModuleId : `${module.relativeModuleId} › ${name}`;
