import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's environment for Node, but for one thing: Jest hands the tests a global object that is a proxy, and
 * V8 then asks that proxy for every `Object`, `JSON` and `Array` that any code mentions, which makes some
 * tests take twice the time. Here the context has a global object of its own, as in any Node process.
 */
class PlainEnvironment extends TestEnvironment {
  constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    const { createContext } = vm;
    Object.assign(vm, { createContext: () => createContext(vm.constants.DONT_CONTEXTIFY) });
    try {
      super(...given);
    } finally {
      Object.assign(vm, { createContext });
    }
  }
}

module.exports = PlainEnvironment;
