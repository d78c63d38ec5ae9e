using CostLedger.Records.Prompts;
using CostLedger.Writing;

namespace Telemetry.Handler.Segments.Tries;

/// <summary>
/// What a process remembers of the prompts it sent, within a number of bytes: how many tokens a segment has, and which nodes the
/// ledger has. What is forgotten is counted again, or sent to the ledger again, to no effect but the work. Thread-safe.
/// </summary>
/// <param name="bytes">The most bytes to use.</param>
/// <param name="clock">The clock.</param>
internal sealed class PromptMemory(long bytes, TimeProvider clock)
{
    // A ledger can lose nodes by pruning or with its file. Nodes are sent again after so long, which fills such holes.
    private static readonly TimeSpan StoredFor = TimeSpan.FromDays(1);

    private readonly HashMemory _tokens = new(bytes / 2);
    private readonly HashMemory _stored = new(bytes / 2);
    private readonly long _begun = clock.GetTimestamp();

    /// <summary>How many segments' tokens are known.</summary>
    public int KnownSegments => _tokens.Count;

    /// <summary>How many nodes are known to be stored.</summary>
    public int KnownNodes => _stored.Count;

    /// <summary>Finds the tokens of a segment.</summary>
    /// <param name="segment">The segment's hash.</param>
    /// <param name="tokenizer">The tokenizer: the same text has other tokens by another.</param>
    /// <param name="tokens">The tokens.</param>
    /// <returns>Whether they are known.</returns>
    public bool TryCount(UInt128 segment, byte tokenizer, out int tokens) => _tokens.TryGet(KeyOf(segment, tokenizer), out tokens);

    /// <summary>Remembers the tokens of a segment.</summary>
    public void Remember(UInt128 segment, byte tokenizer, int tokens) => _tokens.Set(KeyOf(segment, tokenizer), tokens);

    /// <summary>Whether the ledger has a node, as far as is known.</summary>
    public bool IsStored(UInt128 chain) => _stored.TryGet(chain, out var second) && Now() - second < (int)StoredFor.TotalSeconds;

    /// <summary>Remembers that the ledger has the new nodes of a path, or will have them.</summary>
    /// <param name="path">The path, as the record carried it.</param>
    /// <param name="outcome">What became of the record.</param>
    public void Confirm(PromptPath path, WriteOutcome outcome)
    {
        if (outcome == WriteOutcome.Lost)
        {
            return;
        }

        var now = Now();
        for (var i = 0; i < path.NewNodes.Count; i++)
        {
            _stored.Set(path.NewNodes[i].Chain, now);
        }
    }

    /// <summary>Forgets what the ledger has, for example because another one was begun.</summary>
    public void ForgetStored() => _stored.Clear();

    private static UInt128 KeyOf(UInt128 segment, byte tokenizer) => segment ^ ((UInt128)tokenizer << 120);

    private int Now() => (int)clock.GetElapsedTime(_begun).TotalSeconds;
}
