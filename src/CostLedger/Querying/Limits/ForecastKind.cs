namespace CostLedger.Querying.Limits;

/// <summary>What a forecast says.</summary>
public enum ForecastKind
{
    /// <summary>Nothing: the limit itself, or what is left of it, is not known.</summary>
    Unknown,

    /// <summary>The limit is not in use.</summary>
    Idle,

    /// <summary>It does not run out within a day: as much is refilled as is used, or nearly.</summary>
    Lasts,

    /// <summary>It runs out.</summary>
    RunsOut,
}
