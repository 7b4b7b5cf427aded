import { HideOffers } from '../../nodes/HideOffers/HideOffers.node';
import { UnhideOffers } from '../../nodes/UnhideOffers/UnhideOffers.node';
import { UpdateStocks } from '../../nodes/UpdateStocks/UpdateStocks.node';
import { testParameters } from '../support/testParameters';

testParameters([
	['update', new UpdateStocks()],
	['hide', new HideOffers()],
	['unhide', new UnhideOffers()],
]);
