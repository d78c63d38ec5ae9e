using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MessagesSimulator.Errors;

namespace MessagesSimulator.Prompts;

/// <summary>Puts a prompt's blocks in order and chains their hashes.</summary>
internal sealed class BlockList(RequestSettings settings)
{
    private const int PerMessage = 3; // A change of the speaker.

    private readonly List<PromptBlock> _blocks = [];
    private byte[] _chain = SHA256.HashData("prompt"u8);
    private string _speaker = "";
    private int _tokens;

    public IReadOnlyList<PromptBlock> Blocks => _blocks;

    public int Tokens => _tokens;

    /// <summary>Begins a level; to be called for each of the three, in order, whether or not it has blocks.</summary>
    /// <param name="level">The level.</param>
    public void Enter(PromptLevel level) => Mix(Encoding.UTF8.GetBytes($"{level}:{settings.Salt(level)}"));

    public void AddTool(JsonElement tool, int hiddenPrompt)
    {
        var kind = tool.TryGetProperty("type", out var type) ? type.GetString()! : "custom";
        Add(PromptLevel.Tools, tool, kind, BlockTokens.OfTool(tool) + (_blocks.Count == 0 ? hiddenPrompt : 0));
    }

    public void AddContent(PromptLevel level, string speaker, JsonElement content)
    {
        var overhead = Speaks(speaker) ? 0 : PerMessage;
        if (content.ValueKind == JsonValueKind.String)
        {
            AddText(level, speaker, content.GetString()!, overhead);
            return;
        }

        foreach (var block in Elements(content))
        {
            var kind = block.ValueKind == JsonValueKind.Object && block.TryGetProperty("type", out var type) ? type.GetString() : null;
            _ = kind ?? throw ApiException.Invalid("content: every block must be an object with a type");
            Say(speaker);
            Add(level, block, kind, BlockTokens.Of(block, kind) + overhead);
            overhead = 0;
        }
    }

    /// <summary>A plain string is short for one text block, and is cached as that.</summary>
    private void AddText(PromptLevel level, string speaker, string text, int overhead)
    {
        var block = JsonSerializer.SerializeToElement(new { type = "text", text });
        Say(speaker);
        Add(level, block, "text", BlockTokens.Of(block, "text") + overhead);
    }

    private void Add(PromptLevel level, JsonElement block, string kind, int tokens)
    {
        Mix(CanonicalJson.Of(block).Span);
        _tokens += tokens;
        var mark = Breakpoints.MarkOf(block);
        var canBeMarked = kind is not ("thinking" or "redacted_thinking") && !IsEmptyText(block, kind);
        _blocks.Add(new PromptBlock(level, kind, tokens, _tokens, Convert.ToHexString(_chain), mark, canBeMarked));
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
