using System.Globalization;
using System.Security;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.Times;

namespace CostReport.Cli.Arguments;

/// <summary>Understands the values of a command line. Every refusal says what would be accepted.</summary>
internal static class InvocationReader
{
    private static readonly string[] Pages = [".html", ".htm"];
    private static readonly string[] Pictures = [".svg", ".png"];

    /// <summary>Understands a command line.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="time">The present and the machine's time zone.</param>
    /// <exception cref="UserError">A value is not one of those accepted.</exception>
    public static Invocation Read(ParsedLine line, TimeProvider time)
    {
        var period = ReadPeriod(line, time);
        return new Invocation
        {
            Command = line.Command,
            Argument = line.Argument,
            Period = period,
            Filter = ReadFilter(line, period),
            By = [.. line.All("--by").SelectMany(ReadBy).Distinct()],
            Format = ReadFormat(line),
            Chart = ReadChart(line.One("--chart")),
            Html = ReadHtml(line),
            Last = ReadLast(line.One("--last")),
            Ledger = ReadPath(line, "--ledger"),
            Prices = ReadPath(line, "--prices"),
            Ascii = line.Has("--ascii"),
            DryRun = line.Has("--dry-run"),
            Before = ReadMoment(line, "--before", period.Now, period.Zone),
        };
    }

    private static Period ReadPeriod(ParsedLine line, TimeProvider time)
    {
        var zone = ReadZone(line.One("--tz"), time);
        var now = time.GetUtcNow();
        var since = ReadMoment(line, "--since", now, zone);
        var until = ReadMoment(line, "--until", now, zone);
        var period = new Period(since, until, now, zone);
        return since is null || since < period.End
            ? period
            : throw UserError.Usage($"--since is not before {(until is null ? "now" : "--until")}: the period would be empty");
    }

    private static DateTimeOffset? ReadMoment(ParsedLine line, string option, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (line.One(option) is not { } text)
        {
            return null;
        }

        return Moment.Parse(text, now, zone)
            ?? throw UserError.Usage($"{option} '{SafeText.Short(text)}' is no time; give {Moment.Accepted}");
    }

    private static TimeZoneInfo ReadZone(string? name, TimeProvider time)
    {
        if (name is null)
        {
            return time.LocalTimeZone;
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception exception) when (exception
            is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException or IOException or UnauthorizedAccessException)
        {
            var near = Suggestion.For(name, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id));
            throw UserError.Usage($"--tz '{SafeText.Short(name)}' is no time zone{near}; give an IANA name like Europe/Berlin or UTC");
        }
    }

    private static CallFilter ReadFilter(ParsedLine line, Period period) => new()
    {
        Since = period.Since,
        Until = period.Until,
        Models = ReadGlobs(line, "--model"),
        Providers = [.. line.All("--provider").Select(ReadProvider)],
        Sessions = line.All("--session"),
        Conversations = line.All("--conversation"),
        Tags = [.. line.All("--tag").Select(ReadTag)],
        Statuses = [.. line.All("--status").Select(ReadStatus)],
        OnlyCacheBreaks = line.Has(CacheSpec.OnlyBreaks.Name),
    };

    /// <summary>The patterns of an option that chooses models.</summary>
    /// <exception cref="UserError">A text can be no model's name.</exception>
    public static IReadOnlyList<string> ReadGlobs(ParsedLine line, string option) => [.. line.All(option).Select(text => ReadGlob(text, option))];

    private static string ReadGlob(string text, string option) =>
        text.Length > 0 && string.Equals(SafeText.Clean(text), text, StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal)
            ? text
            : throw UserError.Usage($"{option} '{SafeText.Short(text)}' matches no model; give a model's name, with * and ? for any characters");

    private static Provider ReadProvider(string text) => EnumNames.FindProvider(text)
        ?? throw UserError.Usage($"--provider '{SafeText.Short(text)}' is unknown{Suggestion.For(text, OptionValues.Providers)}; give one of {string.Join(", ", OptionValues.Providers)}");

    private static KeyValuePair<string, string> ReadTag(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..])
            : throw UserError.Usage($"--tag '{SafeText.Short(text)}' is no tag; give KEY=VALUE");
    }

    private static string ReadStatus(string text)
    {
        var known = EnumNames.FindOutcome(text) is not null
            || (text is [>= '1' and <= '5', 'x', 'x'])
            || (text is [>= '1' and <= '9', >= '0' and <= '9', >= '0' and <= '9']);
        return known
            ? text
            : throw UserError.Usage($"--status '{SafeText.Short(text)}' is unknown{Suggestion.For(text, OptionValues.Outcomes)}; give one of {string.Join(", ", OptionValues.Outcomes)}, an HTTP status (429) or a class (5xx)");
    }

    private static IEnumerable<Grouping> ReadBy(string list) => list.Split(',').Select(ReadGrouping);

    private static Grouping ReadGrouping(string text)
    {
        var name = text.Trim();
        if (name.StartsWith("tag:", StringComparison.Ordinal) && name.Length > 4)
        {
            return new Grouping(GroupKind.Tag, name[4..]);
        }

        foreach (var kind in Enum.GetValues<GroupKind>())
        {
            if (kind != GroupKind.Tag && string.Equals(new Grouping(kind).Name, name, StringComparison.Ordinal))
            {
                return new Grouping(kind);
            }
        }

        var names = Enum.GetValues<GroupKind>().Select(k => k == GroupKind.Tag ? "tag:KEY" : new Grouping(k).Name).ToList();
        throw UserError.Usage($"--by '{SafeText.Short(name)}' is no dimension{Suggestion.For(name, names)}; give {string.Join(", ", names)}, several with commas");
    }

    private static OutputFormat ReadFormat(ParsedLine line)
    {
        if (line.Command.FindOption("--format")?.Values is not { Count: > 0 } accepted)
        {
            return OutputFormat.Table;
        }

        var name = line.One("--format") ?? accepted[0];
        return accepted.Contains(name, StringComparer.Ordinal)
            ? (OutputFormat)Array.IndexOf(OptionValues.AllFormats, name)
            : throw UserError.Usage($"--format '{SafeText.Short(name)}' is unknown{Suggestion.For(name, accepted)}; give one of {string.Join(", ", accepted)}");
    }

    private static string? ReadChart(string? path) => path is null || Array.Exists(Pictures, p => path.EndsWith(p, StringComparison.OrdinalIgnoreCase))
        ? path
        : throw UserError.Usage($"--chart '{SafeText.Short(path)}' is no kind of picture this can draw; give a file name that ends in .svg or .png");

    private static string? ReadHtml(ParsedLine line)
    {
        if (ReadPath(line, "--html") is not { } path)
        {
            return null;
        }

        if (!Array.Exists(Pages, p => path.EndsWith(p, StringComparison.OrdinalIgnoreCase)))
        {
            throw UserError.Usage($"--html '{SafeText.Short(path)}' is no name for a page; give a file name that ends in .html");
        }

        return line.One("--format") is "json" or "csv"
            ? throw UserError.Usage("--html goes with --format table or markdown; run the command once for the page and once for the data")
            : path;
    }

    private static string? ReadPath(ParsedLine line, string option) => line.One(option) is { } path && string.IsNullOrWhiteSpace(path)
        ? throw UserError.Usage($"{option} is empty; give a file's path")
        : line.One(option);

    private static int? ReadLast(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw UserError.Usage($"--last '{SafeText.Short(text)}' is no number of calls; give a whole number from 1");
    }
}
