using CostReport.Cli.Documents;
using CostReport.Cli.Whatifs.Answering;
using CostReport.Cli.Whatifs.Assuming;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Whatifs.Showing;

/// <summary>What of an answer is exact and what is assumed, part by part, for people and for programs.</summary>
internal static class Certainty
{
    /// <summary>Priced from what was measured.</summary>
    public const string Exact = "exact";

    /// <summary>Played again through the model of the cache.</summary>
    public const string Replayed = "replayed";

    /// <summary>Scaled by a measured ratio, within an interval.</summary>
    public const string Estimated = "estimated";

    /// <summary>How sure the whole answer is: as sure as its least sure part.</summary>
    public static string Of(Assumption assumption) =>
        assumption.Model is not null ? Estimated : assumption.NeedsReplay ? Replayed : Exact;

    /// <summary>The parts: the option, how sure it is, and why.</summary>
    public static IEnumerable<(string Option, string Kind, string Text)> Parts(Assumption assumption)
    {
        if (assumption.NoCache)
        {
            yield return ("--no-cache", Exact, "The tokens that were read and written are priced as input.");
        }

        if (assumption.Batch)
        {
            yield return ("--batch", Exact, "Batch prices for what was measured. Assumed: a batch reads from the cache what was read, though there it is best effort; and nobody waits for the answers.");
        }

        if (assumption.Geo is not null)
        {
            yield return ("--geo", Exact, "What was measured, with the factor of the geography where the model and provider have one.");
        }

        if (assumption.Lifetime != CacheLifetime.None)
        {
            yield return ("--ttl", Replayed, "Writes are exact. Reads change where the time between two calls decides, to what the entry held. Assumed: requests stay as they are and when they are.");
        }

        if (assumption.Breakpoints is not null)
        {
            yield return ("--breakpoints", Replayed, "Where a breakpoint is moved to, the tokens up to there are shared out by the blocks' own counts.");
        }

        if (assumption.Model is { } model)
        {
            yield return ("--model", Estimated, $"Tokens are scaled where {model.Name} has another tokenizer, with an interval for nine calls of ten. Assumed: the answers say as much, and what the provider adds to prompts is the same.");
        }
    }

    /// <summary>How well the cache is understood: the calls played again with nothing different.</summary>
    public static IEnumerable<Cell> Notes(ReplayQuality replay)
    {
        if (replay.Calls > 0)
        {
            var share = Figures.Percent(replay.Foreseen, replay.Calls);
            var differing = replay.DifferingTokens == 0 ? "" : $"; the others differ by {Figures.Count(replay.DifferingTokens)} tokens, of {Figures.Count(replay.ReadTokens)} read in all";
            yield return new Cell(
                $"Played again with nothing different, {Figures.Count(replay.Foreseen)} of {Figures.Count(replay.Calls, "call")} ({share}) read from the cache what was measured{differing}. Where both replays agree, a call keeps what was measured.",
                replay.Foreseen * 10 < replay.Calls * 9 ? Tone.Doubtful : Tone.Muted);
        }

        foreach (var (count, text) in LeftOut(replay))
        {
            yield return new Cell($"{Figures.Count(count, "call")} {(count == 1 ? "keeps" : "keep")} what was read and written: {text}.", Tone.Doubtful);
        }
    }

    /// <summary>Why calls keep what they read and wrote.</summary>
    public static IEnumerable<(long Count, string Text)> LeftOut(ReplayQuality replay) =>
        new[]
        {
            (replay.NoPrompt, "the ledger has no prompt of theirs to play again (ReadPrompts)"),
            (replay.NoBreakpoint, "they were cached, but their requests show no breakpoint: a gateway may set it"),
            (replay.SeveralPrompts, "the provider ran tools or compacted, so that their usage is a sum over several prompts"),
            (replay.NotTold, "the answers do not tell of the cache"),
        }.Where(reason => reason.Item1 > 0);
}
