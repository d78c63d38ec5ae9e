namespace CostLedger.Repricing;

/// <summary>Why a stored cost would become another.</summary>
public enum RepriceCause
{
    /// <summary>It would not: the cost, its bounds and its notes are the same.</summary>
    Same,

    /// <summary>The attempt had no price and has one now.</summary>
    WasUnpriced,

    /// <summary>The attempt had a price and has none now.</summary>
    NowUnpriced,

    /// <summary>The price list has other prices; the calculation gives the stored cost for the list that it was computed with.</summary>
    PriceChanged,

    /// <summary>The same price list now gives another cost: this program calculates differently from the one that wrote it.</summary>
    CalculationChanged,

    /// <summary>The price list that the stored cost was computed with is not in the ledger; which of the two it was cannot be told.</summary>
    PriceListMissing,
}
