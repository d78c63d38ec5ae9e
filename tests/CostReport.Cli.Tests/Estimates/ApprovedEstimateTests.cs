using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Tests.Doubles;
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
    public void Tables_fit_80_120_and_200_columns_with_colour_and_without(string name, string line, int code)
    {
        new ApprovedForms((width, hasColor) => Program(name, width, hasColor)).VerifyTables(name, line);

        Assert.Equal((ExitCode)code, Program(name, 80).Run(line.Split(' ')).Code);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Markdown_json_and_csv_are_as_approved(string name, string line, int code)
    {
        new ApprovedForms((width, hasColor) => Program(name, width, hasColor)).VerifyFiles(name, line);

        Assert.Equal((ExitCode)code, Program(name, 80).Run([.. line.Split(' '), "--format", "json"]).Code);
    }

    private static TestProgram Program(string name, int width, bool hasColor = false) => new(new FakeLedger([]))
    {
        Screen = new(width, hasColor, Ascii: false),
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
