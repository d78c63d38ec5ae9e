using CostLedger.Records;
using Telemetry.Handler.Caching.Model;

namespace Telemetry.Handler.Caching.Calls;

/// <summary>What is remembered of a call, to compare later ones with it.</summary>
internal sealed class CallMark
{
    private const int MostTwins = 7;

    public required CallId Id { get; init; }

    public required CacheMoment Started { get; init; }

    public required CacheScope Scope { get; init; }

    public required CacheParameters Parameters { get; init; }

    public required CacheRules Rules { get; init; }

    /// <summary>Its scope and parameters, as one number.</summary>
    public required UInt128 Line { get; init; }

    public required SegmentPath Path { get; init; }

    /// <summary>Where its messages begin.</summary>
    public required int FirstMessage { get; init; }

    /// <summary>Thinking before this segment is not part of the prompt.</summary>
    public required int StripsBefore { get; init; }

    /// <summary>Its breakpoints, in order.</summary>
    public required MarkedPlace[] Places { get; init; }

    /// <summary>The call of the same conversation that it is compared with; null where there is none, and once it is answered.</summary>
    public CallMark? Previous { get; set; }

    /// <summary>The conversation that it belongs to.</summary>
    public required CallThread Thread { get; init; }

    /// <summary>The last calls of other lines with the same prompt. The last of all has them, the others have none.</summary>
    public CallMark[] Twins { get; private set; } = [];

    /// <summary>How often the same prompt was asked, this call and earlier ones together, failed ones left out.</summary>
    public int Asked { get; set; } = 1;

    /// <summary>The answers with which later prompts went on from this one.</summary>
    public List<UInt128>? Answers { get; set; }

    /// <summary>Whether its usage is known and makes sense.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Whether it was never answered.</summary>
    public bool HasFailed { get; set; }

    /// <summary>The tokens that were in the cache after it, read and written; null where usage did not tell, or told a sum over several prompts.</summary>
    public int? Cached { get; set; }

    /// <summary>Whether <see cref="Cached"/> is an estimate, since usage told a sum over several prompts.</summary>
    public bool IsCachedDoubtful { get; set; }

    /// <summary>Whether the provider ran tools while answering, whose results it caches by itself.</summary>
    public bool HadServerTools { get; set; }

    /// <summary>This call, or the one of another line with the same prompt; null where that line has none.</summary>
    public CallMark? OfLine(UInt128 line)
    {
        if (Line == line && !HasFailed)
        {
            return this;
        }

        foreach (var twin in Twins)
        {
            if (twin.Line == line && !twin.HasFailed)
            {
                return twin;
            }
        }

        return null;
    }

    /// <summary>Takes the place of the call that had the same prompt.</summary>
    public void Follow(CallMark same)
    {
        (Asked, Answers) = (same.Asked + 1, same.Answers);
        if (same.Line != Line || same.Twins.Length > 0)
        {
            var twins = new List<CallMark>(same.Twins.Length + 1) { same };
            twins.AddRange(same.Twins);
            twins.RemoveAll(twin => twin.Line == Line || twin.HasFailed);
            Twins = [.. twins.Take(MostTwins)];
            same.Twins = [];
        }
    }
}
