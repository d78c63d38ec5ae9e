using CostLedger.Records;

namespace CostLedger.Querying;

/// <summary>Which attempts a question is about. Every condition must hold; an empty list is no condition.</summary>
public sealed record CallFilter
{
    /// <summary>The start of the period, inclusive; null: from the beginning.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The end of the period, exclusive; null: no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Patterns (<c>*</c>, <c>?</c>; case does not matter) of which one must match the model reported (<see cref="CallRecord.Model"/>) or requested.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Providers.</summary>
    public IReadOnlyList<Provider> Providers { get; init; } = [];

    /// <summary>Sessions, exactly.</summary>
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>Conversations, exactly.</summary>
    public IReadOnlyList<string> Conversations { get; init; } = [];

    /// <summary>Attempts that count as attempts of <see cref="Conversations"/>: those of conversations that nobody named.</summary>
    public IReadOnlyList<CallId> ConversationCalls { get; init; } = [];

    /// <summary>Tags that must all be there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Statuses of which one must match: an outcome's name (<c>error</c>), an HTTP status (<c>429</c>) or a class (<c>5xx</c>).</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Whether only attempts are meant that lost something of the prompt cache which their conversation had.</summary>
    public bool OnlyCacheBreaks { get; init; }
}
