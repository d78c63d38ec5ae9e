using System.Text.Json;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Estimates.Answering;
using CostReport.Cli.Estimates.Inputs;
using CostReport.Cli.Output;
using CostReport.Cli.Reports;
using CostReport.Cli.World;

namespace CostReport.Cli.Estimates.Showing;

/// <summary>Writes the answers for many requests as they come.</summary>
internal static class ManyOutput
{
    private const string Dash = "-";

    /// <summary>Writes them in the form that was asked for.</summary>
    public static void Write(
        Invocation invocation, EstimateOptions options, Surroundings surroundings, IEnumerable<EstimateAnswer> answers, Tally tally)
    {
        var version = surroundings.Prices.Book(invocation.Prices).Version;
        if (options.JsonLines && options.IsJson(invocation))
        {
            foreach (var answer in answers)
            {
                ReportWriter.Bytes(surroundings, stream => EstimateJson.WriteLine(stream, answer, version));
            }
        }
        else if (invocation.Format == OutputFormat.Json)
        {
            ReportWriter.Bytes(surroundings, stream => WriteList(stream, answers, tally, version));
        }
        else if (invocation.Format == OutputFormat.Csv)
        {
            ReportWriter.Text(surroundings, writer => CsvOutput.Write(writer, EstimateData.OfMany(answers)));
        }
        else
        {
            foreach (var _ in answers)
            {
                // Adding up is all that a summary needs.
            }

            ReportWriter.People(invocation, surroundings, Summary(tally, options, version));
        }
    }

    private static void WriteList(Stream stream, IEnumerable<EstimateAnswer> answers, Tally tally, string version)
    {
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteStartArray("requests");
        foreach (var answer in answers)
        {
            EstimateJson.Write(json, answer, version);
            JsonOutput.FlushIfFull(json);
        }

        json.WriteEndArray();
        json.WriteStartObject("totals");
        json.WriteNumber("requests", tally.Requests);
        json.WriteNumber("failed", tally.Failed);
        json.WriteNumber("unpriced", tally.Unpriced);
        json.WriteNumber("input_tokens", tally.InputTokens);
        json.WriteNumber("input_tokens_low", tally.InputTokensLow);
        json.WriteNumber("input_tokens_high", tally.InputTokensHigh);
        json.WriteString("cost_usd", tally.Cost.ToString());
        json.WriteString("max_cost_usd", tally.MostCost?.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static Report Summary(Tally tally, EstimateOptions options, string version) => new(
        $"Estimate for {Figures.Count(tally.Requests, "request")}",
        $"{InputFile.NameOf(options.File)}; prices of {version}",
        [
            new Section { Facts = Facts(tally, options) },
            .. tally.Dearest.Count > 0 ? [Dearest(tally)] : Array.Empty<Section>(),
            .. tally.Findings.Any() ? [Findings(tally)] : Array.Empty<Section>(),
        ]);

    private static List<Fact> Facts(Tally tally, EstimateOptions options)
    {
        var facts = new List<Fact>
        {
            new("Input tokens", Figures.Count(tally.InputTokens), $"each within its interval: {Figures.Count(tally.InputTokensLow)} to {Figures.Count(tally.InputTokensHigh)}", Tone.Strong),
            new("Cost", Figures.Money(tally.Cost), options.OutputTokens is { } output ? $"input uncached, and {Figures.Count(output)} output tokens each" : "input, uncached; no output", Tone.Strong),
            new("At most", tally.MostCost is { } most ? Figures.Money(most) : Dash, tally.MostCost is null ? "nothing bounds one of them" : "with all of max_tokens"),
        };
        if (tally.Unpriced > 0)
        {
            facts.Add(new Fact("Unpriced", Figures.Count(tally.Unpriced), "not in the cost", Tone.Bad));
        }

        if (tally.Failed > 0)
        {
            facts.Add(new Fact("Failed", Figures.Count(tally.Failed), "could not be estimated", Tone.Bad));
        }

        return facts;
    }

    private static Section Dearest(Tally tally) => new()
    {
        Heading = "Dearest requests",
        Table = new Table(
            [
                new Column(tally.Dearest[0].Line is null ? "request" : "line", 60), Column.Words("custom id", 50), Column.Words("model", 80) with { Least = 17 },
                new Column("input tokens", Column.Always), new Column("cost", Column.Always), new Column("warnings", 70),
            ],
            [
                .. tally.Dearest.Select(IReadOnlyList<Cell> (row) =>
                [
                    Figures.Count(row.Line ?? row.Place), row.CustomId ?? Dash, Wording.Name(row.Model), Figures.Count(row.InputTokens),
                    row.Cost is { } cost ? Figures.Money(cost, 6) : new Cell("unpriced", Tone.Bad), Figures.Count(row.Findings),
                ]),
            ]),
        Notes = tally.Requests > tally.Dearest.Count ? [new Cell("json and csv have every request.", Tone.Muted)] : [],
    };

    private static Section Findings(Tally tally) => new()
    {
        Heading = "Warnings",
        Notes = [.. tally.Findings.Select(f => new Cell($"{FindingText.Name(f.Severity)} {f.Code} in {Figures.Count(f.Count, "request")}, the first: {f.Example}", FindingText.Tone(f.Severity)))],
    };
}
