using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Output;
using CostReport.Cli.Tests.Doubles;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Estimates;

/// <summary>Every form of an estimate, as a reader sees it.</summary>
public sealed class ApprovedEstimateTests
{
    public static TheoryData<string, string, int> Reports => new()
    {
        { "estimate", "estimate -", 0 },
        { "estimate-rich", "estimate - --compare claude-*-5 --output-tokens 500", 0 },
        { "estimate-long", "estimate -", 0 },
        { "estimate-all", "estimate - --all", 0 },
        { "estimate-har", "estimate - --entry 2", 0 },
        { "estimate-batch", "estimate -", 1 },
        { "estimate-unpriced", "estimate - --model someone-elses", 1 },
    };

    [Theory]
    [MemberData(nameof(Reports))]
    public void Tables_fit_80_and_140_columns(string name, string line, int code)
    {
        foreach (var width in new[] { 80, 140 })
        {
            var (actual, output, _) = Program(name, width).Run(line.Split(' '));

            Assert.Equal((ExitCode)code, actual);
            Assert.All(output.Split('\n'), l => Assert.True(CellText.Width(l) <= width, $"{CellText.Width(l)} > {width}: {l}"));
            Approval.Verify(output, $"table-{name}-{width}.txt");
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line, int code)
    {
        foreach (var (format, extension) in new[] { ("markdown", "md"), ("json", "json"), ("csv", "csv") })
        {
            var (actual, output, _) = Program(name, 80).Run([.. line.Split(' '), "--format", format]);

            Assert.Equal((ExitCode)code, actual);
            Approval.Verify(output, $"{name}.{extension}");
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Ascii_is_ascii(string name, string line, int code)
    {
        var (actual, output, _) = Program(name, 100).Run([.. line.Split(' '), "--ascii"]);

        Assert.Equal((ExitCode)code, actual);
        Assert.All(output, c => Assert.True(c is >= '\n' and <= '~', name));
    }

    private static TestProgram Program(string name, int width) => new(new FakeLedger([]))
    {
        Screen = new(width, HasColor: false, Ascii: false),
        Input = Encoding.UTF8.GetBytes(name switch
        {
            "estimate-rich" => RequestFiles.Rich(),
            "estimate-long" or "estimate-all" => RequestFiles.Long(),
            "estimate-har" => RequestFiles.Har(),
            "estimate-batch" => RequestFiles.Batch(),
            _ => RequestFiles.Hello(),
        }),
    };
}
