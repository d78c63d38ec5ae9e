using CostLedger.Records;
using Telemetry.Handler.Requests;

namespace Telemetry.Handler.Labels;

/// <summary>Labels within their bounds, and what had to be cut to bring them there.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Faults">What was cut, as <see cref="RequestFault"/>; empty when nothing was.</param>
internal sealed record LabelSet(CallLabels Labels, IReadOnlyList<string> Faults)
{
    /// <summary>The most tags of a call; of more, those that come first in ordinal order stay.</summary>
    public const int MaxTags = 32;

    /// <summary>The most characters of a tag's key; a longer one is dropped, since cut it would be another key.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>The most characters of a value, a session or a conversation; longer ones are cut.</summary>
    public const int MaxLength = 256;

    /// <summary>No labels.</summary>
    public static LabelSet None { get; } = new(CallLabels.None, []);

    /// <summary>The cost at which a call's answer is stopped; null where nothing is said of it.</summary>
    public NanoUsd? MaxCost { get; init; }

    /// <summary>Puts labels over these: what is given replaces, tags are joined key by key.</summary>
    /// <param name="session">The session, or null.</param>
    /// <param name="conversation">The conversation, or null.</param>
    /// <param name="turn">The turn, or null.</param>
    /// <param name="tags">The tags, or null.</param>
    /// <returns>The labels together; this object when nothing is given.</returns>
    public LabelSet With(string? session, string? conversation, int? turn, IReadOnlyDictionary<string, string>? tags)
    {
        if (string.IsNullOrWhiteSpace(session) && string.IsNullOrWhiteSpace(conversation) && turn is null && tags is null)
        {
            return this;
        }

        var faults = new List<string>(Faults);
        var labels = new CallLabels
        {
            Session = Cut(session, faults, RequestFault.SessionCut) ?? Labels.Session,
            Conversation = Cut(conversation, faults, RequestFault.ConversationCut) ?? Labels.Conversation,
            Turn = turn ?? Labels.Turn,
            Tags = tags is null ? Labels.Tags : Join(Labels.Tags, tags, faults),
        };
        return new LabelSet(labels, faults.Count == 0 ? [] : faults) { MaxCost = MaxCost };
    }

    private static SortedDictionary<string, string> Join(
        IReadOnlyDictionary<string, string> under, IReadOnlyDictionary<string, string> over, List<string> faults)
    {
        var joined = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in under)
        {
            joined[key] = value;
        }

        foreach (var (key, value) in over)
        {
            // Code without nullable annotations can hand in null values.
            if (string.IsNullOrWhiteSpace(key) || key.Length > MaxKeyLength || value is null)
            {
                Fault(faults, RequestFault.TagsDropped);
            }
            else
            {
                joined[key] = Cut(value, faults, RequestFault.TagsCut) ?? string.Empty;
            }
        }

        while (joined.Count > MaxTags)
        {
            joined.Remove(joined.Keys.Last());
            Fault(faults, RequestFault.TagsDropped);
        }

        return joined;
    }

    private static string? Cut(string? text, List<string> faults, string fault)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (text.Length <= MaxLength)
        {
            return text;
        }

        Fault(faults, fault);
        return char.IsHighSurrogate(text[MaxLength - 1]) ? text[..(MaxLength - 1)] : text[..MaxLength];
    }

    private static void Fault(List<string> faults, string fault)
    {
        if (!faults.Contains(fault))
        {
            faults.Add(fault);
        }
    }
}
