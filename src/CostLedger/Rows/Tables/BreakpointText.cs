using System.Globalization;
using System.Text;
using CostLedger.Records.Prompts;

namespace CostLedger.Rows.Tables;

/// <summary>A prompt's breakpoints as the ledger has them: <c>12:5m 40:1h</c>.</summary>
internal static class BreakpointText
{
    // The API allows four; a request that asks for more is refused there and needs no more room here.
    private const int MaxBreakpoints = 32;

    private const string OneHour = "1h";
    private const string FiveMinutes = "5m";

    /// <summary>The text; null for none.</summary>
    public static string? Of(IReadOnlyList<PromptBreakpoint> breakpoints)
    {
        if (breakpoints.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(breakpoints.Count, MaxBreakpoints); i++)
        {
            var (depth, lifetime) = breakpoints[i];
            text.Append(i == 0 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{depth}:{(lifetime == PromptLifetime.OneHour ? OneHour : FiveMinutes)}");
        }

        return text.ToString();
    }

    /// <summary>Reads a text; what is no breakpoint in it is left out.</summary>
    public static IReadOnlyList<PromptBreakpoint> Parse(string? text)
    {
        if (text is null)
        {
            return [];
        }

        var breakpoints = new List<PromptBreakpoint>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && int.TryParse(part.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var depth))
            {
                var isLong = part.AsSpan(colon + 1).SequenceEqual(OneHour);
                breakpoints.Add(new PromptBreakpoint(depth, isLong ? PromptLifetime.OneHour : PromptLifetime.FiveMinutes));
            }
        }

        return breakpoints;
    }
}
