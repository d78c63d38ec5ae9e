using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.Documents;
using CostReport.Cli.Output;
using CostReport.Cli.Progress;
using CostReport.Cli.World;

namespace CostReport.Cli.Exporting;

/// <summary>Calls and reports for other programs.</summary>
internal static class ExportCommand
{
    private const int BufferSize = 64 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Runs the command.</summary>
    public static ExitCode Run(Invocation invocation, ParsedLine line, Surroundings surroundings)
    {
        var report = ExportedReport.Find(line.One(ExportSpec.Report), invocation.By);
        var file = FileOf(line);
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        if (file is null)
        {
            var data = report.Read(new ExportQuestion(ledger, invocation, surroundings));
            ReportWriter.Bytes(surroundings, stream => Write(stream, data, invocation.Format));
            return ExitCode.Fine;
        }

        using var progress = surroundings.Begin("exporting", "rows");
        var counted = Counted(report.Read(new ExportQuestion(ledger, invocation, surroundings)), progress);
        WholeFile.Write(ExportSpec.Out, file, beside =>
        {
            using var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize);
            Write(stream, counted, invocation.Format);
        });
        return ExitCode.Fine;
    }

    private static string? FileOf(ParsedLine line) => line.One(ExportSpec.Out) is { } path && string.IsNullOrWhiteSpace(path)
        ? throw UserError.Usage($"{ExportSpec.Out} is empty; give a file's path, or leave it out for standard output")
        : line.One(ExportSpec.Out);

    private static Dataset Counted(Dataset data, ProgressLine progress) => data with
    {
        Rows = data.Rows.Select((row, i) =>
        {
            progress.Report(i + 1);
            return row;
        }),
    };

    private static void Write(Stream stream, Dataset data, OutputFormat format)
    {
        if (format == OutputFormat.Jsonl)
        {
            JsonOutput.Lines(stream, data);
            return;
        }

        using var writer = new StreamWriter(stream, Utf8, BufferSize, leaveOpen: true);
        CsvOutput.Write(writer, data);
    }
}
