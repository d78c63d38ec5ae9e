namespace CostLedger.Records.Prompts;

/// <summary>How long a prefix of a prompt is to be cached. The numbers are stored in ledgers and never change.</summary>
public enum PromptLifetime
{
    /// <summary>Five minutes (<c>5m</c>), the provider's default.</summary>
    FiveMinutes = 1,

    /// <summary>One hour (<c>1h</c>).</summary>
    OneHour = 2,
}
