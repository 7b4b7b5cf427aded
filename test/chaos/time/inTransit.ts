import { ClientRequest, type IncomingMessage } from 'node:http';

/** Timers on the virtual clock. */
interface Timers<T> {
	setTimer(run: () => void, ms: number): T;
	clearTimer(timer: T): void;
}

/** Says whether anything is in transit between two programs of this process: if not, time may pass. */
export interface Traffic {
	readonly busy: boolean;
	/** What is in transit, for people. */
	describe(): string;
	/** The other side holds this request until some virtual time has passed: it is not what we wait for. */
	park(received: IncomingMessage): void;
	/** The other side goes on with it. */
	unpark(received: IncomingMessage): void;
	stop(): void;
}

/**
 * Follows every request of Node's HTTP client, and runs its idle timeouts on the virtual clock: a request that was handed
 * over and is not parked is in transit through the kernel, which takes real time and no virtual time.
 */
export function followTraffic<T>(time: Timers<T>): Traffic {
	const { end, setTimeout: idleTimeout } = ClientRequest.prototype;
	const underWay = new Set<ClientRequest>();
	const parked = new Set<ClientRequest>();
	const sentBy = ({ socket }: IncomingMessage) =>
		[...underWay].find((sent) => sent.socket?.localPort === socket.remotePort);

	ClientRequest.prototype.end = function (this: ClientRequest, ...args: unknown[]) {
		if (!underWay.has(this) && !this.destroyed) {
			underWay.add(this);
			this.once('close', () => {
				underWay.delete(this);
				parked.delete(this);
			});
		}
		return Reflect.apply(end, this, args) as ClientRequest;
	};
	ClientRequest.prototype.setTimeout = function (
		this: ClientRequest,
		ms: number,
		onTimeout?: () => void,
	) {
		if (onTimeout) this.once('timeout', onTimeout);
		if (ms > 0) watchIdle(this, ms, time);
		return this;
	};
	return {
		get busy() {
			return underWay.size > parked.size;
		},
		describe: () =>
			[...underWay]
				.filter((sent) => !parked.has(sent))
				.map(({ method, host, path }) => `${method} ${host}${path}`)
				.join(', '),
		park(received) {
			const sent = sentBy(received);
			if (sent) parked.add(sent);
		},
		unpark(received) {
			const sent = sentBy(received);
			if (sent) parked.delete(sent);
		},
		stop() {
			ClientRequest.prototype.end = end;
			ClientRequest.prototype.setTimeout = idleTimeout;
		},
	};
}

/** Emits `timeout` once nothing has moved on the connection for this long. */
function watchIdle<T>(request: ClientRequest, ms: number, time: Timers<T>): void {
	const moved = () => (request.socket?.bytesRead ?? 0) + (request.socket?.bytesWritten ?? 0);
	let seen = moved();
	const check = () => {
		const now = moved();
		if (now === seen) request.emit('timeout');
		else timer = time.setTimer(check, ms);
		seen = now;
	};
	let timer = time.setTimer(check, ms);
	request.once('close', () => time.clearTimer(timer));
}
