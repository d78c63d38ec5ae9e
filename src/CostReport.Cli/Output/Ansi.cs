using System.Text;
using CostReport.Cli.Documents;

namespace CostReport.Cli.Output;

/// <summary>Colours from the sixteen that a reader's terminal themes itself, so that they suit light and dark.</summary>
internal static class Ansi
{
    private const string Reset = "\e[0m";

    /// <summary>The text in the colour of its meaning.</summary>
    public static string Paint(string text, Tone tone, bool color) => !color || tone == Tone.Plain || text.Length == 0
        ? text
        : $"{Code(tone)}{text}{Reset}";

    /// <summary>The text as a bar.</summary>
    public static string Bar(string text, bool color) => color && text.Length > 0 ? $"\e[36m{text}{Reset}" : text;

    /// <summary>The text without its colours.</summary>
    public static string Strip(string text)
    {
        if (!text.Contains('\e', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        var isCode = false;
        foreach (var c in text)
        {
            isCode |= c == '\e';
            plain.Append(isCode ? "" : c.ToString());
            isCode &= c != 'm';
        }

        return plain.ToString();
    }

    private static string Code(Tone tone) => tone switch
    {
        Tone.Muted => "\e[2m",
        Tone.Strong => "\e[1m",
        Tone.Good => "\e[32m",
        Tone.Bad => "\e[31m",
        _ => "\e[33m",
    };
}
