namespace CostLedger.Querying;

/// <summary>What attempts can be grouped by.</summary>
public enum GroupKind
{
    /// <summary>The hour of the start, in the asked time zone.</summary>
    Hour,

    /// <summary>The day of the start, in the asked time zone; 23 to 25 hours.</summary>
    Day,

    /// <summary>The ISO 8601 week of the start, in the asked time zone.</summary>
    Week,

    /// <summary>The month of the start, in the asked time zone.</summary>
    Month,

    /// <summary>The model served, else its alias, else requested.</summary>
    Model,

    /// <summary>The provider.</summary>
    Provider,

    /// <summary>The session.</summary>
    Session,

    /// <summary>The value of one tag.</summary>
    Tag,

    /// <summary>The outcome.</summary>
    Status,

    /// <summary>The stop reason.</summary>
    StopReason,

    /// <summary>The error's type.</summary>
    Error,

    /// <summary>The conversation, as the application names it.</summary>
    Conversation,
}
