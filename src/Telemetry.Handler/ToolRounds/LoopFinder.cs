using CostLedger.Records.Tools;

namespace Telemetry.Handler.ToolRounds;

/// <summary>Finds tools that are called without getting anywhere, at the end of a row of rounds. Looks at a bounded number of them.</summary>
internal static class LoopFinder
{
    /// <summary>The most rounds that can be asked for.</summary>
    public const int MaxThreshold = 16;

    // Results that are the same are common for a while: "ok" of every file that is written.
    private const int PatienceForProgress = 4;

    /// <summary>Of how many answers it needs to see the rounds.</summary>
    /// <param name="threshold">How often the same is a loop.</param>
    public static int Window(int threshold) => Math.Max(32, 2 * PatienceForProgress * threshold);

    /// <summary>Finds the loop that the last round is in.</summary>
    /// <param name="rounds">The rounds, oldest first.</param>
    /// <param name="threshold">How often the same is a loop.</param>
    public static LoopSpan? Find(ReadOnlySpan<SeenRound> rounds, int threshold)
    {
        if (rounds.Length < threshold)
        {
            return null;
        }

        rounds = OfLastRun(rounds);
        return Span(ToolLoopKind.Repeat, Repeated(rounds), threshold)
            ?? SpanOfAnswers(ToolLoopKind.SameError, rounds, SameErrors(rounds), threshold)
            ?? Span(ToolLoopKind.PingPong, Alternating(rounds), (2 * threshold) - 1)
            ?? SpanOfAnswers(ToolLoopKind.NoProgress, rounds, WithoutProgress(rounds, threshold), PatienceForProgress * threshold);
    }

    private static LoopSpan? Span(ToolLoopKind kind, int length, int least) => length >= least ? new LoopSpan(kind, length) : null;

    // What one answer asks for at once it asks for before it sees any of the results.
    private static LoopSpan? SpanOfAnswers(ToolLoopKind kind, ReadOnlySpan<SeenRound> rounds, int length, int least)
    {
        var (answers, last) = (0, -1);
        foreach (var round in rounds[^length..])
        {
            answers += round.Answer != last ? 1 : 0;
            last = round.Answer;
        }

        return answers >= least ? new LoopSpan(kind, length) : null;
    }

    // What the user said in between is a reason to do the same again.
    private static ReadOnlySpan<SeenRound> OfLastRun(ReadOnlySpan<SeenRound> rounds)
    {
        var first = rounds.Length - 1;
        while (first > 0 && rounds[first - 1].Run == rounds[^1].Run)
        {
            first--;
        }

        return rounds[first..];
    }

    private static int Repeated(ReadOnlySpan<SeenRound> rounds)
    {
        var length = 1;
        while (length < rounds.Length && rounds[^(length + 1)].IsSameCall(rounds[^1]))
        {
            length++;
        }

        return length;
    }

    private static int SameErrors(ReadOnlySpan<SeenRound> rounds)
    {
        var length = 0;
        while (length < rounds.Length && rounds[^(length + 1)] is { IsError: true, IsServer: false } round && round.Result == rounds[^1].Result)
        {
            length++;
        }

        return length;
    }

    private static int Alternating(ReadOnlySpan<SeenRound> rounds)
    {
        if (rounds.Length < 2 || rounds[^1].IsSameCall(rounds[^2]))
        {
            return 0;
        }

        var length = 2;
        while (length < rounds.Length && rounds[^(length + 1)].IsSameCall(rounds[^(length - 1)]))
        {
            length++;
        }

        return length;
    }

    // All results are the same; or few calls go round and round, and their results with them.
    private static int WithoutProgress(ReadOnlySpan<SeenRound> rounds, int threshold)
    {
        var same = 0;
        while (same < rounds.Length && !rounds[^(same + 1)].IsServer && rounds[^(same + 1)].Result == rounds[^1].Result)
        {
            same++;
        }

        return Math.Max(same, Circling(rounds, threshold));
    }

    private static int Circling(ReadOnlySpan<SeenRound> rounds, int most)
    {
        Span<int> kinds = stackalloc int[MaxThreshold];
        var (length, distinct) = (0, 0);
        for (; length < rounds.Length && !rounds[^(length + 1)].IsServer; length++)
        {
            var round = rounds[^(length + 1)];
            var known = false;
            foreach (var kind in kinds[..distinct])
            {
                known |= round.IsSameCall(rounds[kind]) && round.Result == rounds[kind].Result;
            }

            if (!known && distinct == Math.Min(most, MaxThreshold))
            {
                break;
            }

            if (!known)
            {
                kinds[distinct++] = rounds.Length - 1 - length;
            }
        }

        return length;
    }
}
