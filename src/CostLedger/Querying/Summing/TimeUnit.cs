namespace CostLedger.Querying.Summing;

/// <summary>What time is cut into.</summary>
internal enum TimeUnit
{
    Hour,
    Day,
    Week,
    Month,
}
