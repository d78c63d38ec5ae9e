using System.Globalization;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Live;

/// <summary>A question that is asked again and again: each time, <c>7d</c> and <c>today</c> mean what they mean then.</summary>
internal sealed class LiveQuestion
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private readonly ParsedLine _line;
    private readonly TimeProvider _time;

    /// <summary>Understands a command line.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="time">The clock.</param>
    /// <param name="since">The start of the period where the command line gives no period.</param>
    /// <exception cref="UserError">A value is not one of those accepted.</exception>
    public LiveQuestion(ParsedLine line, TimeProvider time, string since)
    {
        var isGiven = line.Has(CommonOptions.Since.Name) || line.Has(CommonOptions.Until.Name);
        _line = isGiven ? line : line with { Values = new Dictionary<string, IReadOnlyList<string>>(line.Values, StringComparer.Ordinal) { [CommonOptions.Since.Name] = [since] } };
        _time = time;
        Every = ReadEvery(line.One(LiveSpecs.Every.Name));
    }

    /// <summary>How often to look whether the ledger has changed.</summary>
    public TimeSpan Every { get; }

    /// <summary>The question as it is meant now.</summary>
    public Invocation Now() => InvocationReader.Read(_line, _time);

    private static TimeSpan ReadEvery(string? text)
    {
        if (text is null)
        {
            return LiveSpecs.DefaultEvery;
        }

        TimeSpan? unit = text.Length < 2 ? null : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            _ => null,
        };
        var every = unit is { } known && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? known * count : default;
        return every >= s_shortest && every <= s_longest
            ? every
            : throw UserError.Usage($"{LiveSpecs.Every.Name} '{SafeText.Short(text)}' is no time between two looks; give seconds or minutes, from 1s to 60m");
    }
}
