namespace CostLedger.Querying.Scanning;

/// <summary>What time is cut into.</summary>
internal enum TimeUnit
{
    Hour,
    Day,
    Week,
    Month,
}
