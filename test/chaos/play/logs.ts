import { ExecuteContext } from 'n8n-core';
import { LoggerProxy, type Logger } from 'n8n-workflow';
import { inspect } from 'node:util';

/** What nodes and n8n's engine write to their log from now on. */
export class LogRecorder {
	lines: string[] = [];
	private readonly byDefault = Object.getOwnPropertyDescriptor(ExecuteContext.prototype, 'logger');

	start(): void {
		const write = (...said: unknown[]) =>
			void this.lines.push(said.map((part) => inspect(part, { depth: 8 })).join(' '));
		const logger = { error: write, warn: write, info: write, debug: write } as unknown as Logger;
		Object.defineProperty(ExecuteContext.prototype, 'logger', {
			configurable: true,
			get: () => logger,
		});
		LoggerProxy.init(logger);
	}

	take(): string[] {
		return this.lines.splice(0);
	}

	stop(): void {
		if (this.byDefault) Object.defineProperty(ExecuteContext.prototype, 'logger', this.byDefault);
		else Reflect.deleteProperty(ExecuteContext.prototype, 'logger');
		LoggerProxy.init(NO_LOG);
	}
}

const ignore = () => {};
const NO_LOG = { error: ignore, warn: ignore, info: ignore, debug: ignore } as unknown as Logger;
