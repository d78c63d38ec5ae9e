using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MessagesSimulator.Editing;
using MessagesSimulator.Errors;
using MessagesSimulator.Tokens;

namespace MessagesSimulator.Prompts;

/// <summary>Puts a prompt's blocks in order and chains their hashes.</summary>
internal sealed class BlockList(RequestSettings settings, TokenRule rule, CacheKeyRules keys)
{
    private readonly BlockTokens _counter = new(rule);
    private readonly List<PromptBlock> _blocks = [];
    private byte[] _chain = SHA256.HashData("prompt"u8);
    private string _speaker = "";
    private int _tokens;

    public IReadOnlyList<PromptBlock> Blocks => _blocks;

    /// <summary>The calls whose results are no part of the prompt any more.</summary>
    public required IReadOnlySet<string> ClearedCalls { get; init; }

    public int Tokens => _tokens;

    /// <summary>Begins a level; to be called for each of the three, in order, whether or not it has blocks.</summary>
    /// <param name="level">The level.</param>
    public void Enter(PromptLevel level) => Mix(Encoding.UTF8.GetBytes($"{level}:{settings.Salt(level, keys)}"));

    /// <summary>Adds what a message has besides its content, and what belongs to its place and to no block.</summary>
    /// <param name="text">The text.</param>
    public void AddAside(string text) => Mix(Encoding.UTF8.GetBytes(text));

    public void AddTool(JsonElement tool, int hiddenPrompt)
    {
        var kind = tool.TryGetProperty("type", out var type) ? type.GetString()! : "custom";
        Add(PromptLevel.Tools, tool, kind, _counter.OfTool(tool) + (_blocks.Count == 0 ? hiddenPrompt : 0), Breakpoints.MarkOf(tool));
    }

    /// <summary>Adds a system prompt or the content of a message.</summary>
    /// <param name="level">The level.</param>
    /// <param name="speaker">Whose it is.</param>
    /// <param name="content">A text or a list of blocks.</param>
    /// <param name="forgetsThinking">Whether its thinking is no part of the prompt any more.</param>
    public void AddContent(PromptLevel level, string speaker, JsonElement content, bool forgetsThinking = false)
    {
        var overhead = Speaks(speaker) ? 0 : rule.PerMessage;
        if (content.ValueKind == JsonValueKind.String)
        {
            AddText(level, speaker, content.GetString()!, overhead);
            return;
        }

        foreach (var block in Elements(content))
        {
            var kind = block.ValueKind == JsonValueKind.Object && block.TryGetProperty("type", out var type) ? type.GetString() : null;
            _ = kind ?? throw ApiException.Invalid("content: every block must be an object with a type");
            if (forgetsThinking && kind is ("thinking" or "redacted_thinking"))
            {
                continue;
            }

            Say(speaker);
            var shown = kind is "tool_result" && ClearedCalls.Contains(block.GetProperty("tool_use_id").GetString()!) ? ContextEdits.Placeholder : block;
            Add(level, shown, kind, _counter.Of(shown, kind) + overhead, Breakpoints.MarkOf(block));
            overhead = 0;
        }
    }

    /// <summary>A plain string is short for one text block, and is cached as that.</summary>
    private void AddText(PromptLevel level, string speaker, string text, int overhead)
    {
        var block = JsonSerializer.SerializeToElement(new { type = "text", text });
        Say(speaker);
        Add(level, block, "text", _counter.Of(block, "text") + overhead, mark: null);
    }

    private void Add(PromptLevel level, JsonElement block, string kind, int tokens, CacheTtl? mark)
    {
        var key = CanonicalJson.Of(block).Span;
        Mix(key);
        _tokens += tokens;
        var canBeMarked = kind is not ("thinking" or "redacted_thinking") && !IsEmptyText(block, kind);
        _blocks.Add(new PromptBlock(
            level, kind, tokens, _tokens, Convert.ToHexString(_chain), Convert.ToHexString(SHA256.HashData(key)), key.Length, mark, canBeMarked));
    }

    private void Say(string speaker)
    {
        if (!Speaks(speaker))
        {
            Mix(Encoding.UTF8.GetBytes(speaker));
            _speaker = speaker;
        }
    }

    private bool Speaks(string speaker) => string.Equals(speaker, _speaker, StringComparison.Ordinal);

    private void Mix(ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_chain);
        hash.AppendData(bytes);
        _chain = hash.GetHashAndReset();
    }

    private static bool IsEmptyText(JsonElement block, string kind) =>
        kind is "text" && (!block.TryGetProperty("text", out var text) || text.ValueEquals(""));

    private static JsonElement.ArrayEnumerator Elements(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? content.EnumerateArray()
        : throw ApiException.Invalid("content: Input should be a string or a list of blocks");
}
