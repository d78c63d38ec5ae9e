using System.Text;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>Texts from seeds: the same seed, the same text.</summary>
internal static class Texts
{
    private static readonly string[] Words =
        ["amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty", "knoll", "larch", "marsh", "north", "ochre", "pearl"];

    public static string Of(int seed, int words)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(i % 12 == 11 ? ".\n" : " ");
        }

        return text.ToString();
    }

    /// <summary>A conversation of some turns, with tools, a system prompt and a breakpoint on each level.</summary>
    public static Draft Conversation(int seed, int turns, string? toolMark = "5m", string? systemMark = "5m", string? automatic = "5m")
    {
        var draft = new Draft
        {
            Tools = [.. Enumerable.Range(0, 5).Select(i => new Draft.Tool($"tool_{i}", Of(1_000 + i, 200), i == 4 ? toolMark : null))],
            System = [new(Of(7, 100)), new(Of(8, 800), Mark: systemMark)],
            Messages = [new("user", new Draft.Block(Of(seed, 60)))],
            Automatic = automatic,
        };
        for (var i = 1; i < turns; i++)
        {
            draft = draft.Then(Of((seed * 1_000) + i, 150), Of((seed * 1_000) + 500 + i, 40));
        }

        return draft;
    }
}
