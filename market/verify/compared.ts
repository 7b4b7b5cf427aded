import { MarketReadRefused } from '../read/read';
import { refusalOf } from '../read/refusalOf';
import { refused, type Checked } from '../common/refusal';

/** What a reading says about a record: it is shown, or why not; and whether that is final, or it could not be read. */
export type Compared = Checked<unknown> & { isFinal?: boolean; isUnread?: boolean };

/**
 * Reads the Market once for these records, and says of each, in order, whether it is shown. A record that could not be
 * read costs no other.
 */
export type Compare<T> = (some: readonly T[]) => Promise<Compared[]>;

/** For a record that could not be read back. Whatever goes wrong, it happens after sending: the record stays accepted. */
export function unread(error: unknown): Compared {
	const refusal = refusalOf(error);
	return {
		...refused(`It could not be read back. ${refusal.reason}`, refusal.advice),
		isFinal: !(error instanceof MarketReadRefused) || error.isDefinite,
		isUnread: true,
	};
}
