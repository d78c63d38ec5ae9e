using System.Text.Json.Nodes;
using MessagesSimulator.Diagnosing;
using MessagesSimulator.Prompts;

namespace MessagesSimulator.Caching;

/// <summary>A request that is being answered: what it reads is settled, what it writes can be read by nobody yet.</summary>
public sealed class PendingAnswer
{
    private readonly Action<string> _begin;
    private readonly DiagnosticsAnswer? _diagnostics;

    internal PendingAnswer(Prompt prompt, CacheUsage usage, DiagnosticsAnswer? diagnostics, Action<string> begin)
    {
        Prompt = prompt;
        Usage = usage;
        _diagnostics = diagnostics;
        _begin = begin;
    }

    /// <summary>The input side of the usage.</summary>
    public CacheUsage Usage { get; }

    /// <summary>Whether the answer has the member <c>diagnostics</c>: the request asked for it.</summary>
    public bool HasDiagnostics => _diagnostics is not null;

    /// <summary>The value of the answer's <c>diagnostics</c>; null: nothing to compare with, or no difference, or not asked.</summary>
    public JsonObject? Diagnostics => _diagnostics?.ToJson();

    internal Prompt Prompt { get; }

    internal DiagnosticsAnswer? DiagnosticsAnswer => _diagnostics;

    /// <summary>The answer begins: from now on what the request wrote can be read, and it can be compared with by the message's id.</summary>
    /// <param name="messageId">The message's id.</param>
    /// <returns>This answer.</returns>
    public PendingAnswer Begin(string messageId = "msg_1")
    {
        _begin(messageId);
        return this;
    }
}
