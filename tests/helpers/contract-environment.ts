import { TestEnvironment } from 'jest-environment-node';
import { join } from 'node:path';
import { readContract, type Contract } from './contract.ts';

const contracts = new Map<string, Contract>();

/**
 * Hands every test file the contract. Each file has a world of its own, and what it compiles is gone with it;
 * this stands outside of them, so that each schema is compiled once per process.
 */
export default class ContractEnvironment extends TestEnvironment {
  private readonly file: string;

  constructor(...[config, context]: ConstructorParameters<typeof TestEnvironment>) {
    super(config, context);
    this.file = join(config.globalConfig.rootDir, 'openapi.json');
  }

  override async setup(): Promise<void> {
    await super.setup();
    this.global.strataContract = () => {
      const contract = contracts.get(this.file) ?? readContract(this.file);
      contracts.set(this.file, contract);
      return contract;
    };
  }
}
