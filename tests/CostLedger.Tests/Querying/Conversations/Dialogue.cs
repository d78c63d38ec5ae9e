using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Records.Tools;

namespace CostLedger.Tests.Querying.Conversations;

/// <summary>A prompt that grows, and the calls that send it. Immutable: a branch goes on from any state.</summary>
internal sealed record Dialogue
{
    private static readonly DateTimeOffset Start = Storage.SomeCalls.Simple(0).StartedAt;

    private IReadOnlyList<Block> _messages = [];

    private string _system = "be brief";

    public CallLabels Labels { get; init; } = CallLabels.None;

    /// <summary>A prompt under this system prompt.</summary>
    public static Dialogue Of(string first, string system = "be brief") => new Dialogue { _system = system }.Says(first);

    public Dialogue Says(string text) => Add(PromptRole.User, PromptKind.Text, text);

    public Dialogue Answers(string text) => Add(PromptRole.Assistant, PromptKind.Text, text);

    public Dialogue Uses(string text) => Add(PromptRole.Assistant, PromptKind.ToolUse, text);

    public Dialogue Gets(string text) => Add(PromptRole.User, PromptKind.ToolResult, text);

    /// <summary>A block in the message before.</summary>
    public Dialogue And(string text, PromptKind kind = PromptKind.Text) => this with { _messages = [.. _messages, _messages[^1] with { Kind = kind, Text = text }] };

    /// <summary>A summary of the provider's making.</summary>
    public Dialogue Compacts(string text) => Add(PromptRole.Assistant, PromptKind.Compaction, text);

    public Dialogue Under(string system) => this with { _system = system };

    public Dialogue For(string? session = null, string? conversation = null) => this with { Labels = new CallLabels { Session = session, Conversation = conversation } };

    /// <summary>Changes what a block says.</summary>
    public Dialogue Edit(int block, string text) => this with { _messages = [.. _messages.Select((b, i) => i == block ? b with { Text = text } : b)] };

    /// <summary>Leaves out the first blocks.</summary>
    public Dialogue From(int block) => this with { _messages = [.. _messages.Skip(block)] };

    /// <summary>The call that sends it. It takes 500 ms, its answer has 10 tokens unless told otherwise.</summary>
    /// <param name="second">When it began.</param>
    /// <param name="output">The tokens of the answer.</param>
    public CallRecord Call(double second, long output = 10)
    {
        var nodes = Nodes();
        var id = CallId.Create(Start.AddSeconds(second), (UInt128)(long)(second * 1000) + 1);
        return Storage.SomeCalls.Simple() with
        {
            Id = id,
            Labels = Labels,
            Usage = new TokenUsage { InputTokens = nodes.Sum(node => node.Tokens), OutputTokens = output },
            Cost = new CallCost { Basis = CostBasis.Measured, ByClass = new CostByClass(new NanoUsd(1_000), new NanoUsd(100), default, default, default, default) },
            Timing = new CallTiming { Total = TimeSpan.FromMilliseconds(500) },
            Prompt = new PromptPath { Leaf = nodes[^1].Chain, Depth = nodes.Count, Thread = nodes.First(node => node.Message == 0).Segment, NewNodes = nodes },
        };
    }

    /// <summary>The call, with the rounds that its request brings.</summary>
    public CallRecord Call(double second, params ToolRound[] rounds) => Call(second) with { ToolRounds = rounds };

    private Dialogue Add(PromptRole role, PromptKind kind, string text) => this with
    {
        _messages = [.. _messages, new Block(_messages.Count == 0 ? 0 : _messages[^1].Message + 1, role, kind, text)],
    };

    private List<PromptNode> Nodes()
    {
        IReadOnlyList<Block> blocks = [new Block(-1, PromptRole.None, PromptKind.Tool, "get_weather"), new Block(-1, PromptRole.System, PromptKind.Text, _system), .. _messages];
        var nodes = new List<PromptNode>();
        UInt128? parent = null;
        foreach (var (message, role, kind, text) in blocks)
        {
            var segment = Hash($"{kind} {text}");
            var chain = Hash($"{parent} {segment} {role}");
            nodes.Add(new PromptNode
            {
                Chain = chain,
                Parent = parent,
                Segment = segment,
                Level = kind == PromptKind.Tool ? PromptLevel.Tools : role == PromptRole.System ? PromptLevel.System : PromptLevel.Messages,
                Kind = kind,
                Role = role,
                Message = message < 0 ? -1 : message - _messages[0].Message,
                Tokens = text.Length,
                Bytes = text.Length,
                ToolName = kind == PromptKind.Tool ? text : null,
            });
            parent = chain;
        }

        return nodes;
    }

    private static UInt128 Hash(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Block(int Message, PromptRole Role, PromptKind Kind, string Text);
}
