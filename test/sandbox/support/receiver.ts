import type { Answer, Notification, Post } from '../../../sandbox';

/** What a receiver of notifications answers, to the contract. */
export const RECEIPT: Answer = answerOf({
	version: '1.0.0',
	name: 'Receiver',
	time: '2026-11-23T12:00:00Z',
});

/** An answer with a body as JSON. */
export function answerOf(body: unknown, { status = 200, contentType = 'application/json' } = {}) {
	return { status, contentType, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** A seller's program without HTTP: remembers what it gets, and answers as it is told to. */
export class Receiver {
	readonly received: Array<{ url: string; body: Notification }> = [];
	/** What it answers from now on to anything but a PING; never, if it is undefined. */
	answer: Answer | Error | undefined = RECEIPT;
	/** What it answers to a PING. */
	pong: Answer | Error | undefined = RECEIPT;

	readonly post: Post = async (url, body, signal) => {
		const notification = body as Notification;
		const isPing = (notification.notificationType as string) === 'PING';
		if (!isPing) this.received.push({ url, body: notification });
		const answer = isPing ? this.pong : this.answer;
		if (answer instanceof Error) throw answer;
		if (answer !== undefined) return answer;
		return await new Promise((_, reject) => {
			signal.addEventListener('abort', () =>
				reject(Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' })),
			);
		});
	};

	/** The types that it got, in the order in which they came. */
	types(): string[] {
		return this.received.map(({ body }) => body.notificationType);
	}
}

/** An error as Node reports it. */
export function nodeError(code: string): Error {
	return Object.assign(new Error(code), { code });
}

/** Lets everything happen that needs no time to pass. */
export async function rest(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
