namespace CostLedger.Pricing.Rows;

/// <summary>A price file that was read and has no fault.</summary>
/// <param name="Date">The day it describes.</param>
/// <param name="Rules">What it says beside the rows.</param>
/// <param name="Rows">The rows, in the file's order; the periods of a model at a provider follow each other by date.</param>
internal sealed record PriceList(DateOnly Date, PriceRules Rules, IReadOnlyList<PriceRow> Rows);
