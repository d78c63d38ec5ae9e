using CostLedger.Querying.Scanning;

namespace CostLedger.Querying.Retrying;

/// <summary>The group that a call belongs to: a number per dimension.</summary>
/// <param name="dimensions">The dimensions.</param>
/// <param name="zone">Whose clocks.</param>
internal sealed class CallKeys(IReadOnlyList<Dimension> dimensions, TimeZoneInfo zone)
{
    /// <summary>The column that stands for the call's first error; where that has no name, for how it ended, below zero.</summary>
    public const string ErrorColumn = "c.error_type";

    private readonly TimeSlots?[] _slots = [.. dimensions.Select(d => d.Column is null ? new TimeSlots(d.Unit, zone) : null)];

    /// <summary>The group of a call.</summary>
    /// <param name="first">Its first attempt.</param>
    /// <param name="last">The attempt that says how it ended.</param>
    /// <param name="failure">The attempt that failed first; null when none did.</param>
    /// <param name="key">Where to write it.</param>
    public void Write(AttemptRow first, AttemptRow last, AttemptRow? failure, Span<long> key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            key[i] = _slots[i] is { } slots ? slots.Of(first.Start.ToUnixTimeMilliseconds()) : dimensions[i].Column switch
            {
                "c.model" => first.Model,
                "c.provider" => (long)first.Provider,
                "c.session" => first.Session,
                "c.conversation" => first.Conversation,
                "c.tag_set" => first.TagSet,
                "c.outcome" => (long)last.Outcome,
                "c.stop_reason" => last.StopReason,
                ErrorColumn when failure is { ErrorType: 0 } => -(long)failure.Outcome,
                ErrorColumn => failure?.ErrorType ?? 0,
                var other => throw new ArgumentOutOfRangeException(nameof(key), other, "Not a dimension of calls."),
            };
        }
    }
}
