using CostLedger.Pricing;
using CostReport.Cli.Arguments;
using Telemetry.Handler.Caching.Replaying;
using Telemetry.Handler.Segments;

namespace CostReport.Cli.Whatifs.Assuming;

/// <summary>Understands what is to be assumed. Every refusal says what would be accepted.</summary>
internal static class AssumptionReader
{
    private static readonly string[] Places = ["tools", "system", "last", "auto", "none"];

    /// <summary>Understands it.</summary>
    /// <exception cref="UserError">Nothing is assumed, or what is contradicts itself or cannot be.</exception>
    public static Assumption Read(ParsedLine line, PriceBook prices)
    {
        var (places, isNone) = ReadPlaces(line.One("--breakpoints"));
        var assumption = new Assumption
        {
            Lifetime = ReadLifetime(line.One("--ttl")),
            NoCache = line.Has("--no-cache") || isNone,
            Breakpoints = places,
            Model = line.One("--model") is { } model ? ReadModel(model, prices) : null,
            Batch = line.Has("--batch"),
            Geo = ReadGeo(line.One("--geo")),
        };
        return assumption switch
        {
            { IsAny: false } => throw UserError.Usage(
                "whatif needs an assumption: one or more of --ttl 1h|5m, --no-cache, --breakpoints PLACES, --model MODEL, --batch, --geo us|global"),
            { NoCache: true, Lifetime: not CacheLifetime.None } => throw UserError.Usage("without a cache nothing has a lifetime; give --no-cache or --ttl"),
            { NoCache: true, Breakpoints: not null } => throw UserError.Usage("--no-cache has no breakpoints; give --no-cache or --breakpoints"),
            _ => assumption,
        };
    }

    private static CacheLifetime ReadLifetime(string? text) => text switch
    {
        null => CacheLifetime.None,
        "5m" => CacheLifetime.FiveMinutes,
        "1h" => CacheLifetime.OneHour,
        _ => throw UserError.Usage($"--ttl '{SafeText.Short(text)}' is no lifetime of the cache; give 5m or 1h"),
    };

    private static string? ReadGeo(string? text) => text is null or "us" or "global"
        ? text
        : throw UserError.Usage($"--geo '{SafeText.Short(text)}' is no place that has a price of its own; give us or global");

    private static (BreakpointPlaces?, bool IsNone) ReadPlaces(string? text)
    {
        if (text is null)
        {
            return (null, false);
        }

        var places = BreakpointPlaces.None;
        var names = text.Split(',', StringSplitOptions.TrimEntries);
        foreach (var name in names)
        {
            places |= name switch
            {
                "tools" => BreakpointPlaces.Tools,
                "system" => BreakpointPlaces.System,
                "last" => BreakpointPlaces.Last,
                "auto" when names.Length == 1 => BreakpointPlaces.Automatic,
                "none" when names.Length == 1 => BreakpointPlaces.None,
                "auto" or "none" => throw UserError.Usage($"--breakpoints {name} stands alone: 'auto' adds one to those that were there, 'none' takes all away"),
                _ => throw UserError.Usage($"--breakpoints '{SafeText.Short(name)}' is no place{Suggestion.For(name, Places)}; give tools, system and last, several with commas, or auto, or none"),
            };
        }

        return places == BreakpointPlaces.None ? (null, true) : (places, false);
    }

    private static TargetModel ReadModel(string text, PriceBook prices)
    {
        var match = prices.Match(text);
        if (match.Row is { } row && !match.IsGuess)
        {
            return new TargetModel(row.Model, row);
        }

        var known = prices.Rows.Select(r => r.Model).Distinct(StringComparer.Ordinal);
        var elsewhere = match is { Model: { } model, IsGuess: false } ? prices.Rows.FirstOrDefault(r => string.Equals(r.Model, model, StringComparison.Ordinal)) : null;
        return elsewhere is not null
            ? new TargetModel(elsewhere.Model, elsewhere)
            : throw UserError.Usage($"--model '{SafeText.Short(text)}' is no model of the price list{Suggestion.For(text, known)}; 'costreport prices list' names them, and --prices FILE adds others");
    }
}
