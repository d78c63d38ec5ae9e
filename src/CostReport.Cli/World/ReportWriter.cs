using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Charts.Marks;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Reports;
using CostReport.Cli.Output;
using CostReport.Cli.Output.Markdown;

namespace CostReport.Cli.World;

/// <summary>Writes a report in the form that was asked for. Both forms are made only when needed.</summary>
internal static class ReportWriter
{
    private const int BufferSize = 16 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes rows to programs and a report to people.</summary>
    public static void Write(Invocation invocation, Surroundings surroundings, Func<Report> report, Func<Dataset> data)
    {
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                Bytes(surroundings, stream => JsonOutput.Write(stream, data()));
                break;
            case OutputFormat.Csv:
                Text(surroundings, writer => CsvOutput.Write(writer, data()));
                break;
            default:
                People(invocation, surroundings, report());
                break;
        }
    }

    /// <summary>Writes a report to people.</summary>
    /// <param name="invocation">What was asked for.</param>
    /// <param name="surroundings">The world.</param>
    /// <param name="report">The report.</param>
    /// <param name="chart">Makes the report's chart, which stands on its page; null where there is none.</param>
    public static void People(Invocation invocation, Surroundings surroundings, Report report, Func<Chart>? chart = null)
    {
        if (invocation.Html is { } path && !invocation.IsPageWritten)
        {
            HtmlFile.Write(path, DocumentPage.Of(report, chart?.Invoke()));
        }

        if (invocation.Format == OutputFormat.Markdown)
        {
            Text(surroundings, writer => new MarkdownReport(writer).Write(report));
            return;
        }

        var screen = surroundings.Screen();
        Text(surroundings, writer => new TextReport(writer, screen with { Ascii = screen.Ascii || invocation.Ascii }).Write(report));
    }

    /// <summary>Whether people read the form that was asked for.</summary>
    public static bool IsForPeople(Invocation invocation) => invocation.Format is OutputFormat.Table or OutputFormat.Markdown;

    /// <summary>Writes text.</summary>
    public static void Text(Surroundings surroundings, Action<TextWriter> write)
    {
        var writer = new StreamWriter(surroundings.Output, Utf8, BufferSize, leaveOpen: true) { NewLine = "\n" };
        write(writer);
        writer.Flush();
    }

    /// <summary>Writes bytes.</summary>
    public static void Bytes(Surroundings surroundings, Action<Stream> write)
    {
        write(surroundings.Output);
        surroundings.Output.Flush();
    }
}
