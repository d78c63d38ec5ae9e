using CostLedger.Records.Tools;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Tries;

namespace Telemetry.Handler.ToolRounds;

/// <summary>
/// Reads what a request tells of tools: the rounds that are new in it, and whether they are in a loop. The work is bounded, however long
/// the history is. For one thread at a time.
/// </summary>
internal sealed class ToolReader : IDisposable
{
    private readonly RoundReader _rounds = new();

    /// <summary>Reads.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="body">The body that it was read from.</param>
    /// <param name="chains">The hashes of the prompt's prefixes.</param>
    /// <param name="hasher">The hasher of its segments.</param>
    /// <param name="threshold">How often the same is a loop; 0: nobody asks for loops.</param>
    public ToolReadout Read(SegmentedPrompt prompt, ReadOnlySpan<byte> body, ReadOnlySpan<UInt128> chains, SegmentHasher hasher, int threshold)
    {
        var (client, server) = NewFrom(prompt.Segments);
        _rounds.Read(prompt, body, hasher, Math.Min(client, server), threshold > 0 ? LoopFinder.Window(threshold) : 0);
        var rounds = _rounds.Rounds;
        var first = rounds.Length;
        while (first > 0 && rounds[first - 1] is var round && round.Message >= (round.IsServer ? server : client))
        {
            first--;
        }

        if (first == rounds.Length)
        {
            return ToolReadout.Nothing;
        }

        var brought = new ToolRound[Math.Min(rounds.Length - first, ToolRound.MaxRounds)];
        for (var i = 0; i < brought.Length; i++)
        {
            brought[i] = Told(rounds[first + i], prompt, body, chains, hasher);
        }

        return new ToolReadout(brought, threshold > 0 ? LoopOf(rounds, first, threshold, prompt, body) : null);
    }

    /// <inheritdoc/>
    public void Dispose() => _rounds.Dispose();

    // An answer asks for tools, the user's messages after it bring the results; the provider's own tools stand in the answer. An
    // answer at the end was begun by the caller, or by the provider, which paused in it.
    private static (int Client, int Server) NewFrom(List<Segment> segments)
    {
        var i = segments.Count - 1;
        var isPaused = false;
        for (; IsAnswer(segments, i); i--)
        {
            isPaused |= segments[i].Kind == SegmentKind.ServerToolResult;
        }

        if (isPaused)
        {
            return (int.MaxValue, segments[i + 1].Message);
        }

        while (i >= 0 && segments[i] is { Level: CacheLevel.Messages, Role: not SegmentRole.Assistant })
        {
            i--;
        }

        var client = i + 1 < segments.Count ? segments[i + 1].Message : int.MaxValue;
        while (IsAnswer(segments, i))
        {
            i--;
        }

        return (client, i + 1 < segments.Count ? segments[i + 1].Message : int.MaxValue);
    }

    private static bool IsAnswer(List<Segment> segments, int index) =>
        index >= 0 && segments[index] is { Level: CacheLevel.Messages, Role: SegmentRole.Assistant };

    private ToolRound Told(in SeenRound round, SegmentedPrompt prompt, ReadOnlySpan<byte> body, ReadOnlySpan<UInt128> chains, SegmentHasher hasher) => new()
    {
        Key = hasher.OfRound(chains[round.ResultAt], _rounds.IdOf(round, prompt, body)),
        Tool = NameOf(round, prompt, body),
        IsServer = round.IsServer,
        IsError = round.IsError,
        Arguments = round.Arguments,
        Result = round.Result,
        UseTokens = prompt.Segments[round.Use].Tokens,
        ResultTokens = prompt.Segments[round.ResultAt].Tokens,
    };

    private static ToolLoop? LoopOf(ReadOnlySpan<SeenRound> rounds, int first, int threshold, SegmentedPrompt prompt, ReadOnlySpan<byte> body)
    {
        if (LoopFinder.Find(rounds, threshold) is not { } loop)
        {
            return null;
        }

        var inLoop = rounds[^loop.Length..];
        var isOneTool = true;
        foreach (var round in inLoop)
        {
            isOneTool &= round.Tool == inLoop[0].Tool;
        }

        var isKnown = first > 0 && rounds[first - 1].Run == rounds[^1].Run && LoopFinder.Find(rounds[..first], threshold) is not null;
        return new ToolLoop
        {
            Kind = loop.Kind,
            Tool = isOneTool ? NameOf(inLoop[0], prompt, body) : null,
            Rounds = loop.Length,
            SinceMessage = inLoop[0].Message,
            IsFirst = !isKnown,
        };
    }

    private static string? NameOf(in SeenRound round, SegmentedPrompt prompt, ReadOnlySpan<byte> body)
    {
        var use = prompt.Segments[round.Use];
        return ToolNames.Of(body.Slice(use.Start, use.Length));
    }
}
