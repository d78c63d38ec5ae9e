using System.Globalization;
using CostLedger.Querying.Caching.Findings;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using Telemetry.Handler.Caching;

namespace CostReport.Cli.Caching;

/// <summary>Understands which breaks are asked for.</summary>
internal static class BreakOptions
{
    /// <summary>How many breaks people are shown where they did not say.</summary>
    private const int Shown = 10;

    private const int Most = 100_000;

    /// <summary>Reads the options.</summary>
    /// <exception cref="UserError">A value is not one of those accepted.</exception>
    public static BreakChoice Read(ParsedLine line, OutputFormat format) => new()
    {
        Reasons = [.. line.All(CacheSpec.Reason).Select(ReadReason)],
        Most = ReadCount(line.One(CacheSpec.Breaks)) ?? (format is OutputFormat.Json or OutputFormat.Csv ? Most : Shown),
    };

    private static string ReadReason(string text)
    {
        if (CacheBreakReasons.Parse(text) is not null)
        {
            return text;
        }

        var names = Enum.GetValues<CacheBreakReason>().Select(CacheBreakReasons.NameOf).Order(StringComparer.Ordinal).ToList();
        throw UserError.Usage($"{CacheSpec.Reason} '{SafeText.Short(text)}' is unknown{Suggestion.For(text, names)}; give one of {string.Join(", ", names)}");
    }

    private static int? ReadCount(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Most
            ? count
            : throw UserError.Usage($"{CacheSpec.Breaks} '{SafeText.Short(text)}' is no number of breaks; give a whole number from 1 to {Figures(Most)}");
    }

    private static string Figures(int number) => Documents.Figures.Count(number);
}
