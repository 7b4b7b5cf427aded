import type { Operation, Subscription } from '../../../../market/contract/apiMethods';
import type { Lane } from '../../../../market/pacing/lane';
import type {
	CancelSignal,
	Clock,
	MarketFault,
	MarketReply,
	MarketRequest,
	Ports,
} from '../../../../market/wire/ports';

/**
 * The ports of whoever reads just now. A list is begun by one search and read on by another, minutes later,
 * when the ports of the first are long closed.
 */
export class LentPorts implements Ports {
	constructor(private current: Ports) {}

	/** From now on these are used. */
	lend(ports: Ports): void {
		this.current = ports;
	}

	get clock(): Clock {
		return this.current.clock;
	}

	get signal(): CancelSignal {
		return this.current.signal;
	}

	async send(request: MarketRequest, signal?: CancelSignal): Promise<MarketReply | MarketFault> {
		return await this.current.send(request, signal);
	}

	random(): number {
		return this.current.random();
	}

	laneOf(operation: Operation, id?: string, subscription?: Subscription): Lane {
		return this.current.laneOf(operation, id, subscription);
	}
}
