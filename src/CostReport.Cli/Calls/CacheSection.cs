using CostLedger.Records;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Calls;

/// <summary>What one call lost of the prompt cache, and why.</summary>
internal static class CacheSection
{
    /// <summary>The section; none where nothing is known to be lost, and the provider said nothing.</summary>
    public static IEnumerable<Section> Of(CallRecord call)
    {
        var facts = new List<Fact>();
        if (call.CacheBreak is { } lost)
        {
            facts.Add(new Fact(lost.IsMissed ? "Missed" : "Break", lost.Reason, lost.IsMissed ? "more could have been read; the conversation lost nothing" : "", lost.IsMissed ? Tone.Doubtful : Tone.Bad));
            facts.Add(new Fact("Where", lost.Place));
            facts.Add(new Fact("Tokens lost", Figures.Count(lost.TokensLost), $"of {Figures.Count(lost.AvailableTokens)} that could have been read"));
            facts.Add(new Fact("Money lost", lost.CostLost is { } cost ? Figures.Exact(cost) : "unknown", lost.CostLost is null ? "the call has no price" : ""));
            if (lost.Idle is { } idle)
            {
                facts.Add(new Fact("Last used", Figures.Duration(idle), "before"));
            }

            if (lost.ComparedWith is { } compared)
            {
                facts.Add(new Fact("Compared with", compared.ToString()));
            }
        }

        if (call.CacheVerdict is { } verdict)
        {
            facts.Add(new Fact("Provider says", verdict.Reason, verdict.MissedTokens is { } missed ? $"about {Figures.Count(missed)} tokens behind the difference" : ""));
        }

        if (facts.Count > 0)
        {
            yield return new Section { Heading = "Prompt cache", Facts = facts };
        }
    }
}
