using System.Diagnostics.Tracing;
using System.Reflection;
using System.Text.RegularExpressions;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Metrics;
using Telemetry.Handler.Names;
using Telemetry.Handler.Tests.Metrics;
using Xunit;

namespace Telemetry.Handler.Tests.Names;

public sealed partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Root(), "docs", "metrics.md"));

    [Fact]
    public void Every_name_that_is_emitted_is_documented_and_no_other()
    {
        var emitted = new[] { typeof(GenAi), typeof(AnthropicTags), typeof(CostLedgerTags), typeof(SemanticTags), typeof(MetricNames), typeof(LogEvents) }
            .SelectMany(Constants).ToHashSet(StringComparer.Ordinal);
        var documented = DottedNames().Matches(Text).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

        // The names of providers look the same and are values.
        documented.ExceptWith(Enum.GetValues<CostLedger.Records.Provider>().Select(TagValues.ProviderName));

        Assert.Equal(emitted.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_span_event_has_its_row()
    {
        Assert.All(Constants(typeof(SpanEvents)), name => Assert.Contains($"\n| `{name}` |", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_log_event_has_its_row()
    {
        Assert.All(Constants(typeof(LogEvents)), name => Assert.Contains($"\n| `{name}` |", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_instrument_is_documented_with_its_kind_and_unit()
    {
        var name = Guid.NewGuid().ToString("N");
        using var telemetry = new HandlerTelemetry(name, SemanticConventions.Both);
        using var metrics = new MetricCollector(name);

        Assert.Equal(Constants(typeof(MetricNames)).Order(StringComparer.Ordinal), metrics.Instruments.Select(i => i.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(metrics.Instruments, i => Assert.Contains($"\n| `{i.Name}` | {Kind(i.GetType().Name)}, {i.Unit} |", Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_event_of_the_event_source_is_documented_with_its_number()
    {
        var events = typeof(HandlerEventSource).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(m => (m.Name, Event: m.GetCustomAttribute<EventAttribute>())).Where(m => m.Event is not null).ToList();
        var documented = Text.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]));

        Assert.Equal(documented, events.Count);
        Assert.All(events, e => Assert.Contains(
            $"\n| {e.Event!.EventId} | `{e.Name}` | {e.Event.Level.ToString().ToLowerInvariant()} |", Text, StringComparison.Ordinal));
    }

    private static string Kind(string type) =>
        type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram" : type.Contains("Gauge", StringComparison.Ordinal) ? "gauge" : "counter";

    private static IEnumerable<string> Constants(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "telemetry.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }

    [GeneratedRegex("`(?<name>(gen_ai|anthropic|costledger|error|exception|server|http|url|network|aws)\\.[a-z0-9_.]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex DottedNames();
}
