import type { OperationName } from '../contract';
import type { Random } from '../random';
import type { Switches } from '../switches';
import type { FaultRule } from './rules';

/** Decides which calls meet a fault, by the rules of the switch `faults`. */
export class FaultPlan {
	constructor(
		private readonly switches: Switches,
		private readonly random: Random,
	) {}

	/**
	 * The fault that strikes the current call, if any. The first rule with a count left takes precedence over all that are
	 * left to chance; at most one of those strikes, so their rates add up.
	 */
	strike(operation: OperationName): FaultRule | undefined {
		const { faults } = this.switches;
		const rules = faults.filter(
			(rule) => rule.operation === undefined || rule.operation === operation,
		);
		if (rules.length === 0) return undefined;
		const due = rules.find(({ count }) => count !== undefined);
		if (due !== undefined) return this.countDown(due);
		let chance = this.random();
		return rules.find(({ rate = 0 }) => {
			chance -= rate;
			return chance < 0;
		});
	}

	/** A rule is removed once its last call was struck. */
	private countDown(struck: FaultRule): FaultRule {
		const { faults } = this.switches;
		const position = faults.indexOf(struck);
		this.switches.faults = faults.flatMap((rule, index) => {
			if (index !== position || rule.count === undefined) return [rule];
			return rule.count > 1 ? [{ ...rule, count: rule.count - 1 }] : [];
		});
		return struck;
	}
}
