using System.Runtime.InteropServices;
using CostLedger.Records.Prompts;

namespace Telemetry.Handler.Segments.Tries;

/// <summary>Makes the path that a record carries of a prompt. For one thread at a time.</summary>
/// <param name="hasher">The hasher that the segments were hashed with.</param>
/// <param name="memory">Which nodes the ledger has.</param>
internal sealed class PathBuilder(SegmentHasher hasher, PromptMemory memory)
{
    private readonly List<PromptNode> _new = [];
    private readonly List<PromptBreakpoint> _breakpoints = [];
    private readonly List<UInt128> _chains = [];

    /// <summary>The hashes of the last prompt's prefixes, each with the segment of its number.</summary>
    public ReadOnlySpan<UInt128> Chains => CollectionsMarshal.AsSpan(_chains);

    /// <summary>Makes the path.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="body">The body that it was read from.</param>
    /// <returns>The path; null for a prompt that is not told in full or has no segments.</returns>
    public PromptPath? Build(SegmentedPrompt prompt, ReadOnlySpan<byte> body)
    {
        _chains.Clear();
        if (prompt.Segments.Count == 0 || (prompt.Faults & (SegmentFaults.Malformed | SegmentFaults.ThreadContinued)) != SegmentFaults.None)
        {
            return null;
        }

        _new.Clear();
        _breakpoints.Clear();
        var chain = UInt128.Zero;
        UInt128? thread = null;
        for (var i = 0; i < prompt.Segments.Count; i++)
        {
            var segment = prompt.Segments[i];
            var parent = chain;
            chain = hasher.OfPrefix(parent, segment);
            _chains.Add(chain);
            AddIfNew(segment, chain, i == 0 ? null : parent, body);
            if (segment.Breakpoint != CacheLifetime.None)
            {
                _breakpoints.Add(new PromptBreakpoint(i + 1, Lifetime(segment.Breakpoint)));
            }

            if (segment is { Level: CacheLevel.Messages, Message: 0 })
            {
                thread = hasher.OfPrefix(thread ?? UInt128.Zero, segment);
            }
        }

        return new PromptPath
        {
            Leaf = chain,
            Depth = prompt.Segments.Count,
            Thread = thread,
            Breakpoints = _breakpoints.Count == 0 ? [] : [.. _breakpoints],
            Automatic = prompt.Automatic == CacheLifetime.None ? null : Lifetime(prompt.Automatic),
            NewNodes = _new.Count == 0 ? [] : [.. _new],
        };
    }

    private static PromptLifetime Lifetime(CacheLifetime lifetime) =>
        lifetime == CacheLifetime.OneHour ? PromptLifetime.OneHour : PromptLifetime.FiveMinutes;

    // What is beyond the bound is sent with the conversation's next call.
    private void AddIfNew(in Segment segment, UInt128 chain, UInt128? parent, ReadOnlySpan<byte> body)
    {
        if (_new.Count >= PromptPath.MaxNewNodes || memory.IsStored(chain))
        {
            return;
        }

        _new.Add(new PromptNode
        {
            Chain = chain,
            Parent = parent,
            Segment = segment.Hash,
            Level = (PromptLevel)(segment.Level + 1),
            Kind = (PromptKind)segment.Kind,
            Role = (PromptRole)segment.Role,
            Message = segment.Message,
            Block = segment.Block,
            Bytes = segment.Length,
            TextBytes = segment.TextLength,
            Tokens = segment.Tokens,
            ToolName = segment.Level == CacheLevel.Tools ? ToolNames.Of(body.Slice(segment.Start, segment.Length)) : null,
        });
    }
}
